using System.Net;
using System.Text.Json;
using GenAI.Gateway.Tests.Support;

namespace GenAI.Gateway.Tests.VectorStores;

public sealed class VectorStoreEndpointTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;
    private ApiClient _api = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TestGateway.StartAsync();
        _api = new ApiClient(_gateway);
    }

    public async ValueTask DisposeAsync()
    {
        _api.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Store_CreateModifyDelete_HasOpenAIsShape()
    {
        var made = await _api.PostAsync("/v1/vector_stores", """
            {"name":"docs","metadata":{"team":"red","none":null},"expires_after":{"anchor":"last_active_at","days":7},"file_ids":null,"unknown":1}
            """);
        var id = ApiClient.Id(made);

        made.GetProperty("object").GetString().ShouldBe("vector_store");
        made.GetProperty("status").GetString().ShouldBe("completed");
        made.GetProperty("file_counts").GetRawText().ShouldBe("""{"in_progress":0,"completed":0,"failed":0,"cancelled":0,"total":0}""");
        made.GetProperty("metadata").GetRawText().ShouldBe("""{"team":"red"}""");
        made.GetProperty("expires_at").GetInt64().ShouldBe(made.GetProperty("last_active_at").GetInt64() + (7 * 86400));

        var modified = await _api.PostAsync($"/v1/vector_stores/{id}", """{"name":"papers"}""");
        modified.GetProperty("name").GetString().ShouldBe("papers");
        modified.GetProperty("expires_after").GetProperty("days").GetInt32().ShouldBe(7);

        (await _api.DeleteAsync($"/v1/vector_stores/{id}")).GetRawText().ShouldBe($$"""{"id":"{{id}}","object":"vector_store.deleted","deleted":true}""");
        var error = await _api.ErrorAsync($"/v1/vector_stores/{id}", HttpStatusCode.NotFound);
        error.GetProperty("code").ValueKind.ShouldBe(JsonValueKind.String);
        error.GetProperty("message").GetString()!.ShouldContain(id);
    }

    [Fact]
    public async Task Search_TwoFilesAndAFilter_GivesPassagesWithScoresAndAttributes()
    {
        var store = await _api.CreateStoreAsync();
        var lift = await _api.AddAsync(store, "lift.md", "# Lift\n\nThe lift runs at night until four.", """{"year":2022,"draft":false,"by":"Ann"}""");
        await _api.AddAsync(store, "soup.md", "Soup is served on Monday, and the lift brings it.", """{"year":2021}""");

        var page = await _api.PostAsync($"/v1/vector_stores/{store}/search", """
            {"query":["when does the lift run at night","lift"],"max_num_results":5,"rewrite_query":true,"filters":{"type":"and","filters":[{"type":"gte","key":"year","value":2022}]},"ranking_options":{"ranker":"auto","score_threshold":0.1}}
            """);

        page.GetProperty("object").GetString().ShouldBe("vector_store.search_results.page");
        page.GetProperty("search_query").GetArrayLength().ShouldBe(2);
        page.GetProperty("has_more").GetBoolean().ShouldBeFalse();
        page.GetProperty("next_page").ValueKind.ShouldBe(JsonValueKind.Null);
        var hit = page.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        hit.GetProperty("file_id").GetString().ShouldBe(lift);
        hit.GetProperty("filename").GetString().ShouldBe("lift.md");
        hit.GetProperty("score").GetDouble().ShouldBeInRange(0.1, 1);
        hit.GetProperty("attributes").GetRawText().ShouldBe("""{"year":2022,"draft":false,"by":"Ann"}""");
        hit.GetProperty("content")[0].GetProperty("type").GetString().ShouldBe("text");
        hit.GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain("until four");
    }

    [Theory]
    [InlineData("""{}""", "query")]
    [InlineData("""{"query":""}""", "query")]
    [InlineData("""{"query":"a","max_num_results":101}""", "max_num_results")]
    [InlineData("""{"query":"a","ranking_options":{"ranker":"best"}}""", "ranking_options.ranker")]
    [InlineData("""{"query":"a","ranking_options":{"score_threshold":2}}""", "ranking_options.score_threshold")]
    public async Task Search_WrongRequest_Is400AndNamesTheField(string json, string parameter)
    {
        var store = await _api.CreateStoreAsync();

        var error = (await _api.PostAsync($"/v1/vector_stores/{store}/search", json, HttpStatusCode.BadRequest)).GetProperty("error");

        error.GetProperty("param").GetString().ShouldBe(parameter);
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
    }

    [Fact]
    public async Task Search_WrongFilter_Is400AndNamesThePlace()
    {
        var store = await _api.CreateStoreAsync();

        var error = (await _api.PostAsync(
            $"/v1/vector_stores/{store}/search", """{"query":"a","filters":{"type":"like","key":"a","value":"b"}}""", HttpStatusCode.BadRequest)).GetProperty("error");

        error.GetProperty("message").GetString()!.ShouldContain("filters");
    }

    [Fact]
    public async Task Files_MixedStore_ListsFiltersPagesAndTellsErrors()
    {
        var store = await _api.CreateStoreAsync();
        var first = await _api.AddAsync(store, "a.md", "Alpha text.");
        var second = await _api.AddAsync(store, "b.md", "Beta text.");
        var broken = await _api.AddAsync(store, "broken.pdf", "%PDF-1.7 and nothing after it");

        var failed = await _api.GetAsync($"/v1/vector_stores/{store}/files/{broken}");
        failed.GetProperty("status").GetString().ShouldBe("failed");
        failed.GetProperty("last_error").GetProperty("code").GetString().ShouldBeOneOf("invalid_file", "unsupported_file");
        failed.GetProperty("last_error").GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
        var page = await _api.GetAsync($"/v1/vector_stores/{store}/files?limit=2&order=asc");
        page.GetProperty("first_id").GetString().ShouldBe(first);
        page.GetProperty("last_id").GetString().ShouldBe(second);
        page.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        var rest = await _api.GetAsync($"/v1/vector_stores/{store}/files?limit=2&order=asc&after={second}");
        rest.GetProperty("data").EnumerateArray().Select(ApiClient.Id).ShouldBe([broken]);
        (await _api.GetAsync($"/v1/vector_stores/{store}/files?filter=completed")).GetProperty("data").GetArrayLength().ShouldBe(2);
        (await _api.ErrorAsync($"/v1/vector_stores/{store}/files?filter=done", HttpStatusCode.BadRequest)).GetProperty("param").GetString().ShouldBe("filter");
        (await _api.ErrorAsync($"/v1/vector_stores/{store}/files?limit=0", HttpStatusCode.BadRequest)).GetProperty("param").GetString().ShouldBe("limit");
        (await _api.GetAsync($"/v1/vector_stores/{store}")).GetProperty("file_counts").GetProperty("failed").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task File_ContentAttributesAndRemoval_Work()
    {
        var store = await _api.CreateStoreAsync();
        var file = await _api.AddAsync(store, "lift.md", "# Lift\n\nThe lift runs at night.");

        var content = await _api.GetAsync($"/v1/vector_stores/{store}/files/{file}/content");
        content.GetProperty("object").GetString().ShouldBe("vector_store.file_content.page");
        content.GetProperty("data")[0].GetProperty("text").GetString()!.ShouldContain("The lift runs at night.");
        var updated = await _api.PostAsync($"/v1/vector_stores/{store}/files/{file}", """{"attributes":{"year":2023}}""");
        updated.GetProperty("attributes").GetRawText().ShouldBe("""{"year":2023}""");
        updated.GetProperty("chunking_strategy").GetProperty("type").GetString().ShouldBe("static");
        var hits = await _api.PostAsync($"/v1/vector_stores/{store}/search", """{"query":"lift","filters":{"type":"eq","key":"year","value":2023}}""");
        hits.GetProperty("data").GetArrayLength().ShouldBe(1);

        (await _api.DeleteAsync($"/v1/vector_stores/{store}/files/{file}")).GetProperty("object").GetString().ShouldBe("vector_store.file.deleted");

        (await _api.PostAsync($"/v1/vector_stores/{store}/search", """{"query":"lift"}""")).GetProperty("data").GetArrayLength().ShouldBe(0);
        await _api.ErrorAsync($"/v1/vector_stores/{store}/files/{file}", HttpStatusCode.NotFound);
        (await _api.GetAsync($"/v1/files/{file}")).GetProperty("status").GetString().ShouldBe("processed");
    }

    [Fact]
    public async Task Batch_GoodAndBadFiles_CountsDownToTheEnd()
    {
        var store = await _api.CreateStoreAsync();
        var good = await _api.UploadAsync("a.md", "Alpha.");
        var bad = await _api.UploadAsync("b.pdf", "no pdf");

        var batch = await _api.PostAsync($"/v1/vector_stores/{store}/file_batches", $$$$"""
            {"files":[{"file_id":"{{{{good}}}}","attributes":{"n":1}},{"file_id":"{{{{bad}}}}","chunking_strategy":{"type":"static","static":{"max_chunk_size_tokens":100,"chunk_overlap_tokens":50}}}]}
            """);
        var ended = await _api.PollAsync(
            $"/v1/vector_stores/{store}/file_batches/{ApiClient.Id(batch)}",
            body => body.GetProperty("file_counts").GetProperty("in_progress").GetInt32() == 0);

        batch.GetProperty("object").GetString().ShouldBe("vector_store.files_batch");
        ended.GetProperty("file_counts").GetProperty("total").GetInt32().ShouldBe(2);
        ended.GetProperty("file_counts").GetProperty("completed").GetInt32().ShouldBe(1);
        ended.GetProperty("status").GetString().ShouldBe("completed");
        var failed = await _api.GetAsync($"/v1/vector_stores/{store}/file_batches/{ApiClient.Id(batch)}/files?filter=failed");
        failed.GetProperty("data").EnumerateArray().Select(ApiClient.Id).ShouldBe([bad]);
        await _api.ErrorAsync($"/v1/vector_stores/{store}/file_batches/vsfb_none", HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("""{"file_ids":["a"],"files":[{"file_id":"b"}]}""", "files")]
    [InlineData("""{"file_ids":[]}""", "file_ids")]
    [InlineData("""{"files":[{"file_id":"a","chunking_strategy":{"type":"static","static":{"max_chunk_size_tokens":200,"chunk_overlap_tokens":101}}}]}""", "files[0].chunking_strategy.static.chunk_overlap_tokens")]
    [InlineData("""{"files":[{"file_id":"a","attributes":{"list":[1]}}]}""", "attributes.list")]
    public async Task Batch_WrongRequest_Is400AndNamesTheField(string json, string parameter)
    {
        var store = await _api.CreateStoreAsync();

        var error = (await _api.PostAsync($"/v1/vector_stores/{store}/file_batches", json, HttpStatusCode.BadRequest)).GetProperty("error");

        error.GetProperty("param").GetString().ShouldBe(parameter);
    }

    [Fact]
    public async Task Jobs_FailedFile_ShowsItsErrorAndRetries()
    {
        var store = await _api.CreateStoreAsync();
        await _api.AddAsync(store, "b.pdf", "no pdf");

        var job = (await _api.GetAsync("/v1/jobs?state=failed")).GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        job.GetProperty("label").GetString().ShouldBe("b.pdf");
        job.GetProperty("error").GetProperty("message").GetString().ShouldNotBeNullOrWhiteSpace();
        (await _api.PostAsync($"/v1/jobs/{ApiClient.Id(job)}/cancel", "{}", HttpStatusCode.Conflict)).GetProperty("error").GetProperty("code").GetString().ShouldBe("job_finished");

        await _api.PostAsync($"/v1/jobs/{ApiClient.Id(job)}/retry", "{}");

        var again = await _api.PollAsync($"/v1/jobs/{ApiClient.Id(job)}", body => body.GetProperty("finished_at").ValueKind != JsonValueKind.Null);
        again.GetProperty("state").GetString().ShouldBe("failed");
        await _api.ErrorAsync("/v1/jobs/job_none", HttpStatusCode.NotFound);
    }
}
