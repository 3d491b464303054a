namespace GenAI.Eval.Tests;

public sealed class EvalCommandTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080/v1")]
    [InlineData("https://example.test/v1")]
    public void Parse_Address_IsTaken(string address)
    {
        var parse = EvalCommand.Build().Parse(["retrieval", "--base-url", address, "--out", "result.json"]);

        parse.Errors.ShouldBeEmpty();
        parse.GetRequiredValue<Uri>("--base-url").AbsoluteUri.ShouldBe(address);
    }

    [Theory]
    [InlineData("127.0.0.1:8080")]
    [InlineData("ftp://example.test")]
    public void Parse_NoAddress_SaysWhatIsWanted(string address)
    {
        var parse = EvalCommand.Build().Parse(["retrieval", "--base-url", address, "--out", "result.json"]);

        parse.Errors.ShouldHaveSingleItem().Message.ShouldContain("http://127.0.0.1:8080/v1");
    }
}
