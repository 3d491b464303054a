// LangChain's OpenAI classes against the running server at GENAI_BASE_URL.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HumanMessage } from '@langchain/core/messages';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';

const configuration = { baseURL: process.env.GENAI_BASE_URL };
const models = (await (await fetch(`${process.env.GENAI_BASE_URL}/models`)).json()).data;
const chatModel = models.find((model) => model.id.startsWith('SmolLM2')).id;
const embeddingModel = models.find((model) => model.id.startsWith('bge')).id;

const chat = new ChatOpenAI({ model: chatModel, apiKey: 'none', configuration, maxTokens: 24, temperature: 0, maxRetries: 0 });

test('invoke answers with usage', async () => {
  const message = await chat.invoke([new HumanMessage('Say hello in one short sentence.')]);
  assert.ok(message.content.length > 0);
  assert.ok(message.usage_metadata.output_tokens > 0);
});

test('stream concatenates to the same text', async () => {
  const whole = await chat.invoke([new HumanMessage('Say hello in one short sentence.')]);
  let text = '';
  for await (const chunk of await chat.stream([new HumanMessage('Say hello in one short sentence.')])) text += chunk.content;
  assert.equal(text, whole.content);
});

test('embeddings embed documents and queries', async () => {
  const embeddings = new OpenAIEmbeddings({ model: embeddingModel, apiKey: 'none', configuration, maxRetries: 0 });
  const [first, second] = await embeddings.embedDocuments(['one', 'two']);
  assert.equal(first.length, 384);
  assert.equal(second.length, 384);
  assert.equal((await embeddings.embedQuery('one')).length, 384);
});
