import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Model } from '../src/api/types.ts';
import { suggestionsFor } from '../src/chat/suggestions.ts';
import { shownAs } from '../src/passage/original.ts';
import { stageText } from '../src/documents/progress.ts';
import { chatModels, countOf, failedModel, hasChatModel } from '../src/state/server.ts';

const model = (id: string, kind?: string, status = 'ready'): Model => (kind ? { id, meta: { kind, status } } : { id });

test('chatModels_AllKinds_LeavesOutEmbeddingsAndPutsWritersFirst', () => {
  const models = [model('x', 'extractive'), model('e', 'embedding'), model('broken', 'chat', 'failed'), model('c', 'chat')];
  assert.deepEqual(chatModels(models).map((m) => m.id), ['c', 'x', 'broken']);
  assert.equal(failedModel(models)?.id, 'broken');
});

test('chatModels_ServerThatTellsNoKind_GoesByName', () => {
  assert.deepEqual(chatModels([model('bge-small-en'), model('gpt-4o'), model('text-embedding-3')]).map((m) => m.id), ['gpt-4o']);
});

test('hasChatModel_OnlyExtractiveOrFailed_IsFalse', () => {
  assert.equal(hasChatModel([model('x', 'extractive'), model('e', 'embedding'), model('b', 'chat', 'failed')]), false);
  assert.equal(hasChatModel([model('x', 'extractive'), model('c', 'chat', 'loading')]), true);
});

test('shownAs_TypesThatCanRun_AreSavedNotShown', () => {
  for (const name of ['a.html', 'a.HTM', 'a.svg', 'a.xhtml', 'a.docx', 'pdf', 'a.pdf.html']) assert.equal(shownAs(name), null, name);
  assert.equal(shownAs('a.PDF'), 'application/pdf');
  assert.equal(shownAs('a.md'), 'text/plain;charset=utf-8');
});

test('countOf_FilesWhoseMeaningIsBeingLearned_CanBeAskedToo', () => {
  assert.equal(countOf({ id: 'vs_1', file_counts: { completed: 0, in_progress: 2 }, x_documents: 2 }), 2);
  assert.equal(countOf({ id: 'vs_1', file_counts: { completed: 3 } }), 3);
});

test('stageText_Stages_SaysWhenAFileCanBeAsked', () => {
  assert.match(stageText('embedding'), /can be asked by its words/i);
  assert.doesNotMatch(stageText('indexing'), /can be asked/i);
  assert.equal(stageText(null), 'Reading');
  assert.equal(stageText('new-stage'), 'new-stage');
});

test('suggestionsFor_EmptyOrUnknownCollections_OffersNothing', () => {
  assert.deepEqual(suggestionsFor([{ id: 'vs_1', name: 'Handbook', file_counts: { completed: 0 } }]), []);
  assert.deepEqual(suggestionsFor([{ id: 'vs_1', name: 'Mine', file_counts: { completed: 3 } }]), []);
  assert.ok(suggestionsFor([{ id: 'vs_1', name: 'Handbook', file_counts: { completed: 3 } }]).length > 0);
});
