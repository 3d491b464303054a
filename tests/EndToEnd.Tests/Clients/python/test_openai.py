"""The official Python clients against the running server at GENAI_BASE_URL."""

import io
import os

import openai
import pytest
from langchain_openai import ChatOpenAI, OpenAIEmbeddings

BASE_URL = os.environ["GENAI_BASE_URL"]
QUESTION = [{"role": "user", "content": "Say hello in one short sentence."}]


@pytest.fixture(scope="session")
def client():
    return openai.OpenAI(base_url=BASE_URL, api_key="none", max_retries=0)


@pytest.fixture(scope="session")
def chat_model(client):
    return next(model.id for model in client.models.list() if model.id.startswith("SmolLM2"))


@pytest.fixture(scope="session")
def embedding_model(client):
    return next(model.id for model in client.models.list() if model.id.startswith("bge"))


def test_chat_whole(client, chat_model):
    completion = client.chat.completions.create(model=chat_model, messages=QUESTION, max_tokens=24, temperature=0)
    assert completion.choices[0].message.content
    assert completion.choices[0].message.role == "assistant"
    assert completion.usage.total_tokens == completion.usage.prompt_tokens + completion.usage.completion_tokens
    assert completion._request_id


def test_chat_stream_is_the_whole_answer(client, chat_model):
    whole = client.chat.completions.create(model=chat_model, messages=QUESTION, max_tokens=24, temperature=0)
    chunks = list(
        client.chat.completions.create(
            model=chat_model, messages=QUESTION, max_tokens=24, temperature=0,
            stream=True, stream_options={"include_usage": True},
        )
    )
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == whole.choices[0].message.content
    assert chunks[-1].choices == [] and chunks[-1].usage.completion_tokens == whole.usage.completion_tokens
    assert all(chunk.usage is None for chunk in chunks[:-1])
    assert len({chunk.id for chunk in chunks}) == 1


def test_stream_helper_accumulates(client, chat_model):
    # The helper raises on an answer that was cut, so this one ends at its first sentence.
    with client.chat.completions.stream(
        model=chat_model, messages=QUESTION, max_tokens=128, temperature=0, stop=[".", "!", "?"]
    ) as stream:
        text = "".join(event.delta for event in stream if event.type == "content.delta")
        final = stream.get_final_completion()
    assert final.choices[0].finish_reason == "stop"
    assert final.choices[0].message.role == "assistant"
    assert final.choices[0].message.content == text
    assert text


def test_stream_helper_tells_a_cut_answer(client, chat_model):
    with client.chat.completions.stream(model=chat_model, messages=QUESTION, max_tokens=2) as stream:
        with pytest.raises(openai.LengthFinishReasonError) as cut:
            stream.get_final_completion()
    assert cut.value.completion.choices[0].finish_reason == "length"


def test_null_fields_are_absent_fields(client, chat_model):
    completion = client.chat.completions.create(
        model=chat_model, messages=QUESTION, max_tokens=8,
        extra_body={"stop": None, "tools": None, "response_format": None, "seed": None, "top_p": None, "unknown_field": 7},
    )
    assert completion.choices[0].finish_reason in ("stop", "length")


def test_tools_are_accepted(client, chat_model):
    completion = client.chat.completions.create(
        model=chat_model, max_tokens=48, messages=[{"role": "user", "content": "What is the weather in Corrin?"}],
        tools=[{"type": "function", "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {"town": {"type": "string"}}}}}],
    )
    assert completion.choices[0].finish_reason in ("stop", "length", "tool_calls")


def test_embeddings_default_to_base64_and_decode(client, embedding_model):
    raw = client.embeddings.with_raw_response.create(model=embedding_model, input="a boat")
    assert isinstance(raw.http_response.json()["data"][0]["embedding"], str)
    assert len(raw.parse().data[0].embedding) == 384
    floats = client.embeddings.create(model=embedding_model, input=["a boat", "a ship"], encoding_format="float")
    assert [item.index for item in floats.data] == [0, 1]
    assert sum(value * value for value in floats.data[0].embedding) == pytest.approx(1, abs=1e-3)


def test_files_and_vector_stores(client, chat_model):
    store = client.vector_stores.create(name="python", metadata={"made": "by a test"})
    try:
        indexed = client.vector_stores.files.upload_and_poll(
            vector_store_id=store.id,
            file=("pier.md", io.BytesIO("# Pier\n\nThe crane on pier nine lifts 63 tonnes.\n".encode())),
            attributes={"place": "pier", "number": 9.0, "open": True},
        )
        assert indexed.status == "completed", indexed.last_error
        found = client.vector_stores.search(
            store.id, query="How much can the crane lift?",
            filters={"type": "and", "filters": [{"type": "eq", "key": "place", "value": "pier"}, {"type": "gte", "key": "number", "value": 9}]},
        )
        assert "63 tonnes" in found.data[0].content[0].text
        assert 0 <= found.data[0].score <= 1
        assert client.vector_stores.retrieve(store.id).file_counts.completed == 1

        completion = client.chat.completions.create(
            model=chat_model, messages=[{"role": "user", "content": "How much does the crane on pier nine lift?"}],
            extra_body={"vector_store_ids": [store.id]},
        )
        message = completion.choices[0].message
        assert "63" in message.content
        citation = message.model_extra["annotations"][0] if message.annotations is None else message.annotations[0]
        citation = citation if isinstance(citation, dict) else citation.model_dump()
        assert citation["type"] == "file_citation"
        assert citation["file_citation"]["file_id"] == indexed.id
        assert client.vector_stores.files.content(indexed.id, vector_store_id=store.id).data[0].text.startswith("# Pier")
    finally:
        client.vector_stores.delete(store.id)


def test_file_batches_poll_to_the_end(client):
    store = client.vector_stores.create(name="batch")
    try:
        batch = client.vector_stores.file_batches.upload_and_poll(
            store.id,
            files=[("one.txt", io.BytesIO(b"The first text speaks of oysters.")), ("two.txt", io.BytesIO(b"The second text speaks of sails.")), ("broken.pdf", io.BytesIO(b"%PDF-1.7 nothing behind it"))],
        )
        assert batch.file_counts.completed == 2
        assert batch.file_counts.failed == 1
        failed = list(client.vector_stores.file_batches.list_files(batch.id, vector_store_id=store.id, filter="failed"))
        assert failed[0].last_error.message
    finally:
        client.vector_stores.delete(store.id)


def test_files_round_trip(client):
    file = client.files.create(file=("note.txt", b"hello"), purpose="assistants")
    assert client.files.retrieve(file.id).bytes == 5
    assert client.files.content(file.id).read() == b"hello"
    assert file.id in [listed.id for listed in client.files.list()]
    assert client.files.delete(file.id).deleted
    with pytest.raises(openai.NotFoundError):
        client.files.retrieve(file.id)


def test_errors_are_the_clients_classes(client, chat_model, embedding_model):
    with pytest.raises(openai.NotFoundError) as missing:
        client.chat.completions.create(model="no-such-model", messages=QUESTION)
    assert missing.value.code == "model_not_found"
    assert chat_model in str(missing.value)
    with pytest.raises(openai.BadRequestError):
        client.chat.completions.create(model=chat_model, messages=[])
    with pytest.raises(openai.BadRequestError):
        client.embeddings.create(model=embedding_model, input="")
    with pytest.raises(openai.BadRequestError) as long:
        client.chat.completions.create(model=chat_model, messages=[{"role": "user", "content": "harbour " * 12000}])
    assert long.value.code == "context_length_exceeded"
    assert "context_length_exceeded" in str(long.value)


@pytest.mark.asyncio
async def test_async_stream(chat_model):
    async with openai.AsyncOpenAI(base_url=BASE_URL, api_key="none", max_retries=0) as client:
        stream = await client.chat.completions.create(model=chat_model, messages=QUESTION, max_tokens=16, stream=True)
        text = "".join([chunk.choices[0].delta.content or "" async for chunk in stream])
    assert text


def test_langchain_chat_and_embeddings(chat_model, embedding_model):
    chat = ChatOpenAI(model=chat_model, base_url=BASE_URL, api_key="none", max_tokens=16, temperature=0, max_retries=0)
    assert chat.invoke("Say hello.").content
    assert "".join(chunk.content for chunk in chat.stream("Say hello."))
    embeddings = OpenAIEmbeddings(model=embedding_model, base_url=BASE_URL, api_key="none", check_embedding_ctx_length=False)
    assert len(embeddings.embed_query("a boat")) == 384
