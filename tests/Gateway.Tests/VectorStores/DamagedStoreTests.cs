using System.Net;
using GenAI.Gateway.Documents;
using GenAI.Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace GenAI.Gateway.Tests.VectorStores;

/// <summary>One store's index does not open: the server serves the others and says which one, and what to do.</summary>
public sealed class DamagedStoreTests
{
    private const string Query = """{"query":"lift"}""";

    [Fact]
    public async Task Start_OneDamagedIndex_ServesTheOthersAndNamesIt()
    {
        var data = Directory.CreateTempSubdirectory("genai-damaged-").FullName;
        var (whole, broken) = await MakeStoresAsync(data);
        var folder = Path.Combine(data, "collections", broken);
        await File.WriteAllTextAsync(Path.Combine(folder, "commit.json"), "{}", TestContext.Current.CancellationToken);
        await using var gateway = await TestGateway.StartAsync(dataFolder: data);
        using var api = new ApiClient(gateway);
        await gateway.Registry.WhenLoadedAsync(Deadline.Token);
        await gateway.Services.GetRequiredService<DocumentStartup>().Done;

        (await api.PostAsync($"/v1/vector_stores/{whole}/search", Query)).GetProperty("data").GetArrayLength().ShouldBe(1);
        var error = (await api.PostAsync($"/v1/vector_stores/{broken}/search", Query, HttpStatusCode.ServiceUnavailable)).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("vector_store_unavailable");
        error.GetProperty("message").GetString()!.ShouldSatisfyAllConditions(
            message => message.ShouldContain(broken),
            message => message.ShouldContain("damaged"),
            message => message.ShouldContain("backup"),
            message => message.ShouldNotContain(data));

        var health = await api.GetAsync("/health");
        health.GetProperty("status").GetString().ShouldBe("ready");
        health.GetProperty("warnings").EnumerateArray().ShouldHaveSingleItem().GetString()!.ShouldContain(broken);

        await api.DeleteAsync($"/v1/vector_stores/{broken}");
        (await api.GetAsync("/health")).GetProperty("warnings").GetArrayLength().ShouldBe(0);
        Directory.Exists(folder).ShouldBeFalse();
    }

    private static async Task<(string Whole, string Broken)> MakeStoresAsync(string data)
    {
        await using var gateway = await TestGateway.StartAsync(dataFolder: data, keepData: true);
        using var api = new ApiClient(gateway);
        var (whole, broken) = (await api.CreateStoreAsync(), await api.CreateStoreAsync());
        await api.AddAsync(whole, "lift.md", "The lift runs at night.");
        await api.AddAsync(broken, "lift.md", "The lift runs at night.");
        return (whole, broken);
    }
}
