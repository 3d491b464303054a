// The official npm client against the running server at GENAI_BASE_URL.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI, { AuthenticationError, BadRequestError, NotFoundError, toFile } from 'openai';

const client = new OpenAI({ baseURL: process.env.GENAI_BASE_URL, apiKey: 'none', maxRetries: 0 });
const models = (await client.models.list()).data;
const chatModel = models.find((model) => model.id.startsWith('SmolLM2')).id;
const embeddingModel = models.find((model) => model.id.startsWith('bge')).id;
const question = [{ role: 'user', content: 'Say hello in one short sentence.' }];

test('a chat completion comes whole', async () => {
  const completion = await client.chat.completions.create({ model: chatModel, messages: question, max_tokens: 24, temperature: 0 });
  assert.equal(completion.object, 'chat.completion');
  assert.equal(completion.model, chatModel);
  assert.ok(completion.choices[0].message.content.length > 0);
  assert.ok(['stop', 'length'].includes(completion.choices[0].finish_reason));
  assert.equal(completion.usage.total_tokens, completion.usage.prompt_tokens + completion.usage.completion_tokens);
});

test('a stream says the same as the whole answer', async () => {
  const request = { model: chatModel, messages: question, max_tokens: 24, temperature: 0 };
  const whole = await client.chat.completions.create(request);
  let text = '';
  let usage;
  for await (const chunk of await client.chat.completions.create({ ...request, stream: true, stream_options: { include_usage: true } })) {
    text += chunk.choices[0]?.delta.content ?? '';
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, whole.choices[0].message.content);
  assert.equal(usage.completion_tokens, whole.usage.completion_tokens);
});

test('the stream helper accumulates one assistant message', async () => {
  const stream = client.chat.completions.stream({ model: chatModel, messages: question, max_tokens: 16, temperature: 0 });
  const final = await stream.finalChatCompletion();
  assert.equal(final.choices[0].message.role, 'assistant');
  assert.ok(final.choices[0].message.content.length > 0);
});

test('tools are accepted', async () => {
  const completion = await client.chat.completions.create({
    model: chatModel,
    messages: [{ role: 'user', content: 'What is the weather in Corrin?' }],
    max_tokens: 48,
    tools: [{ type: 'function', function: { name: 'get_weather', description: 'Weather of a town', parameters: { type: 'object', properties: { town: { type: 'string' } }, required: ['town'] } } }],
  });
  const { message, finish_reason: reason } = completion.choices[0];
  if (reason === 'tool_calls') {
    JSON.parse(message.tool_calls[0].function.arguments);
  } else {
    assert.equal(typeof message.content, 'string');
  }
});

test('embeddings come as base64 by default and decode to unit vectors', async () => {
  const result = await client.embeddings.create({ model: embeddingModel, input: ['a boat in the harbour', 'a ship at the quay', 'tax law'] });
  assert.equal(result.data.length, 3);
  const dot = (a, b) => a.reduce((sum, value, index) => sum + value * b[index], 0);
  const [boat, ship, tax] = result.data.map((item) => item.embedding);
  assert.equal(boat.length, 384);
  assert.ok(Math.abs(dot(boat, boat) - 1) < 1e-3, 'unit length');
  assert.ok(dot(boat, ship) > dot(boat, tax) + 0.05, 'nearer in meaning');
});

test('files and vector stores answer questions with citations', async () => {
  const file = await client.files.create({ file: await toFile(Buffer.from('# Ferry\n\nThe ferry to Skarholm leaves at 7:25 from pier four.\n\nTickets cost nine euros.'), 'ferry.md'), purpose: 'assistants' });
  const store = await client.vectorStores.create({ name: 'ferry' });
  try {
    const indexed = await client.vectorStores.files.createAndPoll(store.id, { file_id: file.id, attributes: { kind: 'timetable' } });
    assert.equal(indexed.status, 'completed');
    const found = await client.vectorStores.search(store.id, { query: 'When does the ferry leave?', filters: { type: 'eq', key: 'kind', value: 'timetable' } });
    assert.equal(found.data[0].filename, 'ferry.md');
    assert.match(found.data[0].content[0].text, /7:25/);
    const none = await client.vectorStores.search(store.id, { query: 'ferry', filters: { type: 'eq', key: 'kind', value: 'menu' } });
    assert.equal(none.data.length, 0);

    const completion = await client.chat.completions.create({ model: chatModel, messages: [{ role: 'user', content: 'When does the ferry to Skarholm leave?' }], vector_store_ids: [store.id] });
    const { content, annotations } = completion.choices[0].message;
    assert.match(content, /7:25/);
    assert.equal(annotations[0].file_citation.file_id, file.id);
    assert.match(annotations[0].file_citation.quote, /7:25/);

    const listed = [];
    for await (const item of client.vectorStores.files.list(store.id)) listed.push(item.id);
    assert.deepEqual(listed, [file.id]);
  } finally {
    await client.vectorStores.delete(store.id);
    await client.files.delete(file.id);
  }
  await assert.rejects(client.files.retrieve(file.id), NotFoundError);
});

test('errors arrive as the client\'s own classes with a string code', async () => {
  await assert.rejects(client.chat.completions.create({ model: 'no-such-model', messages: question }), (error) => {
    assert.ok(error instanceof NotFoundError);
    assert.equal(error.code, 'model_not_found');
    assert.ok(error.requestID);
    return true;
  });
  await assert.rejects(client.chat.completions.create({ model: chatModel, messages: [] }), BadRequestError);
  await assert.rejects(client.embeddings.create({ model: embeddingModel, input: '' }), BadRequestError);
  assert.ok(AuthenticationError);
});

test('a prompt beyond the context is a 400 that says so', async () => {
  const long = 'harbour '.repeat(12000);
  await assert.rejects(client.chat.completions.create({ model: chatModel, messages: [{ role: 'user', content: long }] }), (error) => {
    assert.ok(error instanceof BadRequestError);
    assert.equal(error.code, 'context_length_exceeded');
    assert.match(error.message, /context_length_exceeded/);
    return true;
  });
});

test('leaving a stream frees the server for the next one', async () => {
  const stream = await client.chat.completions.create({ model: chatModel, messages: [{ role: 'user', content: 'Count to one thousand.' }], stream: true, max_tokens: 2000 });
  let chunks = 0;
  for await (const _ of stream) if (++chunks === 3) break;
  const next = await client.chat.completions.create({ model: chatModel, messages: question, max_tokens: 4 });
  assert.ok(next.choices[0].message.content.length > 0);
});
