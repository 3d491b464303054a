using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Dapper;
using GenAI.Gateway.Tests.Support;
using GenAI.Gateway.Tests.VectorStores;
using GenAI.Pipelines.VectorStores;
using Microsoft.Extensions.DependencyInjection;

namespace GenAI.Gateway.Tests.Files;

public sealed class FileEndpointTests : IAsyncLifetime
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
    public async Task Upload_FileBeforeItsPurpose_HasOpenAIsShape()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Grüße"), "file", "../../etc/übung.txt" },
            { new StringContent("assistants"), "purpose" },
            { new StringContent("created_at"), "expires_after[anchor]" },
            { new StringContent("3600"), "expires_after[seconds]" },
        };

        var file = await _api.UploadAsync(form);

        ApiClient.Id(file).ShouldStartWith("file-");
        file.GetProperty("object").GetString().ShouldBe("file");
        file.GetProperty("filename").GetString().ShouldBe("übung.txt");
        file.GetProperty("bytes").GetInt64().ShouldBe(7);
        file.GetProperty("status").GetString().ShouldBe("processed");
        file.GetProperty("expires_at").GetInt64().ShouldBe(file.GetProperty("created_at").GetInt64() + 3600);
        (await _api.GetAsync($"/v1/files/{ApiClient.Id(file)}")).GetRawText().ShouldBe(file.GetRawText());
    }

    [Fact]
    public async Task Content_HtmlFile_IsADownloadThatCannotActAsAPage()
    {
        var id = await _api.UploadAsync("page.html", "<script>alert(1)</script>");

        using var response = await _api.GetRawAsync($"/v1/files/{id}/content");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("<script>alert(1)</script>");
    }

    [Fact]
    public async Task Upload_LargerThanAJsonRequestMayBe_IsTakenWhole()
    {
        var bytes = new byte[40 << 20];
        Random.Shared.NextBytes(bytes);
        using var form = new MultipartFormDataContent { { new StringContent("user_data"), "purpose" }, { new ByteArrayContent(bytes), "file", "big.bin" } };

        var file = await _api.UploadAsync(form);

        file.GetProperty("bytes").GetInt64().ShouldBe(bytes.Length);
        using var response = await _api.GetRawAsync($"/v1/files/{ApiClient.Id(file)}/content");
        (await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).AsSpan().SequenceEqual(bytes).ShouldBeTrue();
    }

    [Theory]
    [InlineData(null, "purpose")]
    [InlineData("party", "purpose")]
    public async Task Upload_WrongPurpose_Is400AndKeepsNothing(string? purpose, string parameter)
    {
        using var form = new MultipartFormDataContent { { new StringContent("x"), "file", "a.txt" } };
        if (purpose is not null)
        {
            form.Add(new StringContent(purpose), "purpose");
        }

        var error = (await _api.UploadAsync(form, HttpStatusCode.BadRequest)).GetProperty("error");

        error.GetProperty("param").GetString().ShouldBe(parameter);
        (await _api.GetAsync("/v1/files")).GetProperty("data").GetArrayLength().ShouldBe(0);
        Directory.GetFiles(Path.Combine(_gateway.DataFolder, "files"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_NoFileOrNoForm_Is400()
    {
        using var form = new MultipartFormDataContent { { new StringContent("assistants"), "purpose" } };
        (await _api.UploadAsync(form, HttpStatusCode.BadRequest)).GetProperty("error").GetProperty("param").GetString().ShouldBe("file");
        (await _api.PostAsync("/v1/files", "{}", HttpStatusCode.BadRequest)).GetProperty("error").GetProperty("code").GetString().ShouldBe("invalid_multipart");
    }

    [Fact]
    public async Task Upload_FormThatIsCutOff_Is400AndKeepsNothing()
    {
        using var form = new MultipartFormDataContent();
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhalf of it"));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        using var http = new HttpClient { BaseAddress = _gateway.Address };

        using var response = await http.PostAsync("/v1/files", content, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Directory.GetFiles(Path.Combine(_gateway.DataFolder, "files"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_FullDisk_Is507AndKeepsNothing()
    {
        var library = _gateway.Services.GetRequiredService<DocumentLibrary>();
        library.Database.Write((connection, _) => connection.Execute("PRAGMA max_page_count = 1")); // no page more than there are
        using var http = new HttpClient { BaseAddress = _gateway.Address };
        HttpResponseMessage response;
        var kept = -1;
        do
        {
            kept++;
            using var form = new MultipartFormDataContent
            {
                { new StringContent("assistants"), "purpose" }, { new StringContent($"text {kept}"), "file", new string('n', 200) + ".txt" },
            };
            response = await http.PostAsync("/v1/files", form, TestContext.Current.CancellationToken);
        }
        while (response.IsSuccessStatusCode && kept < 1000);

        response.StatusCode.ShouldBe(HttpStatusCode.InsufficientStorage);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("insufficient_storage");
        error.GetProperty("message").GetString()!.ShouldContain("disk is full");
        Directory.GetFiles(Path.Combine(_gateway.DataFolder, "files"), "*", SearchOption.AllDirectories).Length.ShouldBe(kept);
    }

    [Fact]
    public async Task List_PurposeAndPages_FollowTheCursor()
    {
        var ids = new List<string>();
        for (var index = 0; index < 3; index++)
        {
            ids.Add(await _api.UploadAsync($"{index}.txt", $"{index}"));
        }

        var page = await _api.GetAsync("/v1/files?limit=2&purpose=assistants");
        var rest = await _api.GetAsync($"/v1/files?limit=2&after={page.GetProperty("last_id").GetString()}");

        page.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        rest.GetProperty("has_more").GetBoolean().ShouldBeFalse();
        page.GetProperty("data").EnumerateArray().Concat(rest.GetProperty("data").EnumerateArray()).Select(ApiClient.Id)
            .ShouldBe(ids.AsEnumerable().Reverse());
        (await _api.GetAsync("/v1/files?purpose=batch")).GetProperty("data").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Delete_FileOfAStore_IsAnsweredFromNoMore()
    {
        var store = await _api.CreateStoreAsync();
        var file = await _api.AddAsync(store, "lift.md", "The lift runs at night.");

        (await _api.DeleteAsync($"/v1/files/{file}")).GetRawText().ShouldBe($$"""{"id":"{{file}}","object":"file","deleted":true}""");

        (await _api.PostAsync($"/v1/vector_stores/{store}/search", """{"query":"lift"}""")).GetProperty("data").GetArrayLength().ShouldBe(0);
        (await _api.ErrorAsync($"/v1/files/{file}", HttpStatusCode.NotFound)).GetProperty("message").GetString()!.ShouldContain(file);
    }
}
