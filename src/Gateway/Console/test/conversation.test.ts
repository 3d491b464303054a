import assert from 'node:assert/strict';
import { test } from 'node:test';
import { afterReload, emptyConversation, titleOf, turnsOf, type Message } from '../src/state/conversation.ts';
import { loadConversations, removeConversation, saveConversation } from '../src/state/persistence.ts';

const say = (role: Message['role'], content: string, state: Message['state'] = 'done'): Message => ({ id: content, role, content, state });

class MemoryStorage {
  readonly map = new Map<string, string>();
  full = false;

  get length(): number {
    return this.map.size;
  }

  key(i: number): string | null {
    return [...this.map.keys()][i] ?? null;
  }

  getItem(key: string): string | null {
    return this.map.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.full) throw new DOMException('full', 'QuotaExceededError');
    this.map.set(key, value);
  }

  removeItem(key: string): void {
    this.map.delete(key);
  }

  clear(): void {
    this.map.clear();
  }
}

test('turnsOf_WholeConversation_AlternatesAndEndsWithTheQuestion', () => {
  const turns = turnsOf([say('user', 'a'), say('assistant', 'b'), say('user', 'c')]);
  assert.deepEqual(turns.map((t) => `${t.role}:${t.content}`), ['user:a', 'assistant:b', 'user:c']);
});

test('turnsOf_FailedAnswer_LeavesOutItsQuestionToo', () => {
  const turns = turnsOf([say('user', 'a'), say('assistant', '', 'failed'), say('user', 'c'), say('assistant', '', 'streaming')]);
  assert.deepEqual(turns, [{ role: 'user', content: 'c' }]);
});

test('turnsOf_OnlyLast_SendsTheQuestionAlone', () => {
  assert.deepEqual(turnsOf([say('user', 'a'), say('assistant', 'b'), say('user', 'c')], true), [{ role: 'user', content: 'c' }]);
});

test('titleOf_LongQuestion_IsCutAtAWord', () => {
  assert.equal(titleOf('  How\n many   days? '), 'How many days?');
  const title = titleOf('word '.repeat(40));
  assert.ok(title.length <= 61 && title.endsWith('word…'), title);
});

test('afterReload_AnswerInTheMaking_IsStoppedAndKept', () => {
  const conversation = { ...emptyConversation(), messages: [say('user', 'a'), say('assistant', 'half', 'streaming')] };
  const last = afterReload(conversation).messages[1];
  assert.deepEqual([last?.state, last?.content], ['stopped', 'half']);
});

test('loadConversations_SavedBroughtBack_NewestFirstAndBrokenOnesSkipped', () => {
  const storage = new MemoryStorage();
  const older = { ...emptyConversation(), id: 'older', updatedAt: 1, messages: [say('user', 'a')] };
  const newer = { ...emptyConversation(), id: 'newer', updatedAt: 2, messages: [say('user', 'b')] };
  assert.equal(saveConversation(storage, older), true);
  assert.equal(saveConversation(storage, newer), true);
  storage.setItem('genai.conversation.bad', '{not json');
  storage.setItem('genai.conversation.odd', '{"id":1}');
  storage.setItem('else', 'x');
  assert.deepEqual(loadConversations(storage).map((c) => c.id), ['newer', 'older']);
  removeConversation(storage, 'newer');
  assert.deepEqual(loadConversations(storage).map((c) => c.id), ['older']);
});

test('saveConversation_NoRoom_SaysSo', () => {
  const storage = new MemoryStorage();
  storage.full = true;
  assert.equal(saveConversation(storage, emptyConversation()), false);
});
