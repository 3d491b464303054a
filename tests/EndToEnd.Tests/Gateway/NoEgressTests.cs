using System.Net.Http.Json;
using System.Text.Json;

namespace GenAI.EndToEnd.Tests.Gateway;

/// <summary>The whole program on a machine that has no network, and proof that it does not even try to use one.</summary>
public sealed class NoEgressTests
{
    // Unprivileged; the kernel's counters of the new network start at zero.
    private static readonly string[] s_isolation = ["unshare", "--map-root-user", "--net", "sh", "-c", "ip link set lo up; exec \"$@\"", "sh"];

    [Fact]
    public async Task Start_WithoutAnyNetwork_AnswersAndCallsNobody()
    {
        await SkipWhereForbiddenAsync();
        var socket = Path.Combine(Directory.CreateTempSubdirectory("genai-net-").FullName, "genai.sock");
        await using var gateway = new GatewayProcess { Launcher = s_isolation, SocketPath = socket };
        await gateway.InitializeAsync();
        using var http = gateway.CreateClient();

        var answer = await AskAsync(http, "How many days of annual leave does a full-time employee have?");

        answer.GetProperty("message").GetProperty("content").GetString().ShouldNotBeNullOrWhiteSpace();
        answer.GetProperty("message").GetProperty("annotations").GetArrayLength().ShouldBeGreaterThan(0);
        var counters = NetworkCounters.Parse(await File.ReadAllTextAsync($"/proc/{gateway.ProcessId}/net/snmp", TestContext.Current.CancellationToken));
        counters.Attempts.ShouldBe(0, counters.ToString());
        File.Delete(socket);
    }

    [Fact]
    public async Task Counters_WhenSomethingCalls_ShowIt()
    {
        await SkipWhereForbiddenAsync();

        var (_, output) = await RunIsolatedAsync("bash", "-c", "(exec 3<>/dev/tcp/192.0.2.1/80) 2>/dev/null; (exec 3<>/dev/udp/192.0.2.1/53) 2>/dev/null; cat /proc/net/snmp");

        NetworkCounters.Parse(output).Attempts.ShouldBe(2, output);
    }

    private static async Task<JsonElement> AskAsync(HttpClient http, string question)
    {
        var token = TestContext.Current.CancellationToken;
        var stores = await http.GetFromJsonAsync<JsonElement>("/v1/vector_stores", token);
        var handbook = stores.GetProperty("data").EnumerateArray().Single(store => store.GetProperty("name").GetString() == "Handbook");
        using var response = await http.PostAsJsonAsync(
            "/v1/chat/completions",
            new
            {
                model = "SmolLM2-135M-Instruct-Q4_1",
                messages = new[] { new { role = "user", content = question } },
                vector_store_ids = new[] { handbook.GetProperty("id").GetString() },
            },
            token);
        var body = await response.Content.ReadAsStringAsync(token);
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonDocument.Parse(body).RootElement.GetProperty("choices")[0];
    }

    private static async Task SkipWhereForbiddenAsync()
    {
        var allowed = OperatingSystem.IsLinux() && Tool.IsInstalled("unshare") && (await RunIsolatedAsync("true")).ExitCode == 0;
        Requirement.Met(allowed, "This machine does not let a user make a network namespace (unshare --map-root-user --net).");
    }

    private static Task<(int ExitCode, string Output)> RunIsolatedAsync(params string[] command) => Tool.RunAsync(
        s_isolation[0], [.. s_isolation[1..], .. command], Repository.Root, null, TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
}
