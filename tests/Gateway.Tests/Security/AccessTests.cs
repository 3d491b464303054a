using GenAI.Gateway.Hosting;
using GenAI.Gateway.Tests.Support;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Tests.Security;

public sealed class AccessTests
{
    private const string Key = "secret-key-of-the-test";

    private static readonly Dictionary<string, string?> s_withKey = new() { ["GENAI_API_KEYS"] = Key };

    [Theory]
    [InlineData("Authorization: Bearer " + Key)]
    [InlineData("x-api-key: " + Key)]
    [InlineData("api-key: " + Key)]
    public async Task Key_InAnyKnownHeader_Opens(string header)
    {
        await using var gateway = await TestGateway.StartAsync(settings: s_withKey);

        (await gateway.Http.GetAsync("/v1/models", header)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData()]
    [InlineData("Authorization: Bearer wrong-key-of-the-test")]
    [InlineData("Authorization: Basic abc")]
    public async Task Key_MissingOrWrong_Is401InTheApiShape(params string[] headers)
    {
        await using var gateway = await TestGateway.StartAsync(settings: s_withKey);

        var response = await gateway.Http.GetAsync("/v1/models", headers);

        response.Status.ShouldBe(401);
        response.Error.GetProperty("code").GetString().ShouldBe("invalid_api_key");
        (await gateway.Http.GetAsync("/health/live")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("Host: evil.example")]
    [InlineData("Origin: http://evil.example")]
    [InlineData("Origin: null")]
    [InlineData("Sec-Fetch-Site: cross-site")]
    public async Task NoKey_ForeignPage_IsRefused(string header)
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await gateway.Http.GetAsync("/v1/models", header);

        response.Status.ShouldBe(403);
        response.Header("Access-Control-Allow-Origin").ShouldBe("");
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    public async Task NoKey_NetworkAddressOfTheServersOwnSection_IsRefused(string url)
    {
        var thrown = await Should.ThrowAsync<StartupException>(async () =>
        {
            await using var gateway = await TestGateway.StartAsync(settings: new() { ["Kestrel:Endpoints:Web:Url"] = url });
            Assert.Fail($"The server listens on {gateway.Address}.");
        });

        thrown.Message.ShouldContain(url);
    }

    [Fact]
    public async Task NoKey_OwnPage_IsServed()
    {
        await using var gateway = await TestGateway.StartAsync();

        (await gateway.Http.GetAsync("/v1/models", $"Origin: http://{gateway.Address.Authority}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Cors_AllowedOrigin_SeesTheHeaders()
    {
        await using var gateway = await TestGateway.StartAsync(settings: new() { ["Cors:AllowedOrigins:0"] = "http://localhost:3000" });

        var preflight = await gateway.Http.SendAsync(
            "OPTIONS", "/v1/chat/completions", null, "Origin: http://localhost:3000", "Access-Control-Request-Method: POST", "Access-Control-Request-Headers: authorization");
        var response = await gateway.Http.GetAsync("/v1/models", "Origin: http://localhost:3000");

        preflight.Status.ShouldBe(204);
        preflight.Header("Access-Control-Allow-Headers").ShouldBe("authorization");
        response.Header("Access-Control-Allow-Origin").ShouldBe("http://localhost:3000");
        response.Header("Access-Control-Expose-Headers").ShouldContain("x-request-id");
    }

    [Fact]
    public async Task Start_NetworkAddressWithoutKey_IsRefusedWithAWayOut()
    {
        var refused = await Should.ThrowAsync<StartupException>(() => TestGateway.StartAsync(settings: new() { ["URLS"] = "http://0.0.0.0:0" }));

        refused.Message.ShouldContain("GENAI_API_KEYS");
    }

    [Fact]
    public async Task Start_SeveralBadOptions_NamesThemAll()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Models:Remote:0:BaseUrl"] = "not a url",
            ["Models:ParallelRequests"] = "0",
            ["Models:AnswerPolicies:x"] = "guess",
        };

        var failure = await Should.ThrowAsync<OptionsValidationException>(() => TestGateway.StartAsync(settings: settings));

        failure.Failures.Count().ShouldBe(4);
    }
}
