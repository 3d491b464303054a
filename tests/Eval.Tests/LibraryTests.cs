using System.Net;
using System.Text;
using GenAI.Eval.Client;

namespace GenAI.Eval.Tests;

public sealed class LibraryTests
{
    [Fact]
    public async Task LoadAsync_UploadThatFails_RemovesTheStoreAndTheFilesBeforeIt()
    {
        var server = new Server(failAtUpload: 2);
        using var http = new HttpClient(server);
        var client = new ApiClient(http, new Uri("http://127.0.0.1:1/v1"), null, TimeProvider.System);
        LibraryDocument[] documents = [LibraryDocument.FromText("a", "one"), LibraryDocument.FromText("b", "two")];

        (await Should.ThrowAsync<ApiException>(() => Library.LoadAsync(client, "set", documents, progress: null, TestContext.Current.CancellationToken)))
            .Message.ShouldContain("507");

        server.Deleted.ShouldBe(["/v1/vector_stores/vs_1", "/v1/files/file-1"]);
    }

    private sealed class Server(int failAtUpload) : HttpMessageHandler
    {
        private int _uploads;

        public List<string> Deleted { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (request.Method == HttpMethod.Delete)
            {
                Deleted.Add(path);
            }

            var status = path == "/v1/files" && ++_uploads == failAtUpload ? HttpStatusCode.InsufficientStorage : HttpStatusCode.OK;
            var id = path == "/v1/files" ? $"file-{_uploads}" : "vs_1";
            return Task.FromResult(new HttpResponseMessage(status) { RequestMessage = request, Content = new StringContent($$"""{"id":"{{id}}"}""", Encoding.UTF8, "application/json") });
        }
    }
}
