using GenAI.Guardrails.Pii;

namespace GenAI.Guardrails.Tests.Pii;

public sealed class PiiRailTests
{
    private readonly PiiRail _rail = new(new PiiOptions());

    [Theory]
    [InlineData("my card is 4111111111111111, thanks", "credit_card:4111111111111111")]
    [InlineData("pay 5500 0000 0000 0004 now", "credit_card:5500 0000 0000 0004")]
    [InlineData("amex 3400-000000-00009", "credit_card:3400-000000-00009")]
    [InlineData("4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1", "credit_card:4.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1")]
    [InlineData("cc: 41111111\n11111111 exp 12/27", "credit_card:41111111\n11111111")]
    [InlineData("４１１１１１１１１１１１１１１１", "credit_card:４１１１１１１１１１１１１１１１")]
    [InlineData("IBAN DE89370400440532013000.", "iban:DE89370400440532013000")]
    [InlineData("gb82 west 1234 5698 7654 32 is mine", "iban:gb82 west 1234 5698 7654 32")]
    [InlineData("SSN: 123-45-6789", "us_ssn:123-45-6789")]
    [InlineData("social security number 123456789", "us_ssn:123456789")]
    [InlineData("NHS number 943 476 5919", "nhs_number:943 476 5919")]
    [InlineData("routing number 021000021", "aba_routing:021000021")]
    [InlineData("mail ann.lee@example.co.uk today", "email:ann.lee@example.co.uk")]
    [InlineData("ann dot lee (at) example dot com please", "email:ann dot lee (at) example dot com")]
    [InlineData("call +44 20 7946 0958", "phone:+44 20 7946 0958")]
    [InlineData("(415) 555-2671", "phone:(415) 555-2671")]
    [InlineData("from 192.168.10.1", "ip_address:192.168.10.1")]
    [InlineData("from 192.16\n8.10.1 on", "ip_address:192.16\n8.10.1")]
    [InlineData("Fax: 345-899-3560x4587", "phone:345-899-3560x4587")]
    [InlineData("my card 5018000000000009", "credit_card:5018000000000009")]
    [InlineData("key ghp_abcdefghijklmnopqrstuvwxyz0123456789", "secret:ghp_abcdefghijklmnopqrstuvwxyz0123456789")]
    [InlineData("AKIAIOSFODNN7EXAMPLE", "secret:AKIAIOSFODNN7EXAMPLE")]
    public void Check_Value_IsFound(string text, string expected) =>
        RailText.Values(_rail, text).ShouldBe([expected]);

    [Theory]
    [InlineData("card 4111111111111112")]
    [InlineData("Order 5689801869600702 shipped on 2024-03-17")]
    [InlineData("IBAN DE89370400440532013001")]
    [InlineData("SSN: 000-45-6789")]
    [InlineData("SSN: 900-45-6789")]
    [InlineData("SSN: 123-00-6789")]
    [InlineData("NHS number 943 476 5918")]
    [InlineData("routing number 021000022")]
    [InlineData("unix time 1661757482 and id 542808328740")]
    [InlineData("943 476 5919 units were sold")]
    [InlineData("net sales 4,532 2,210 3,312 4,456 in millions")]
    [InlineData("2022 2021 2020 2019")]
    [InlineData("write to ann@localhost or @ann or ann@.com")]
    [InlineData("version 8.12.15.554 released")]
    [InlineData("look at the dot in the middle")]
    [InlineData("ISBN 978-0-7682-9440-7 in stock")]
    public void Check_LookAlike_IsPassed(string text) =>
        RailText.Check(_rail, text).ShouldBeEmpty();

    [Fact]
    public void Check_PrivateKey_IsFoundWhole()
    {
        var key = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nAAB=\n-----END RSA PRIVATE KEY-----";

        RailText.Values(_rail, $"Here:\n{key}\nbye").ShouldBe([$"secret:{key}"]);
    }

    [Fact]
    public void Check_Defaults_MaskProvenAndReportShapes()
    {
        var findings = RailText.Check(_rail, "4111111111111111 ann@example.com");

        findings.Select(finding => finding.Action).ShouldBe([RailAction.Mask, RailAction.Pass]);
    }

    [Fact]
    public void Check_KindOff_IsNotReported()
    {
        var options = new PiiOptions();
        options.Output[PiiKind.CreditCard] = RailMode.Off;

        RailText.Check(new PiiRail(options), "4111111111111111").ShouldBeEmpty();
        RailText.Check(new PiiRail(options), "4111111111111111", RailStage.Input).ShouldNotBeEmpty();
    }

    [Fact]
    public void Push_OrdinaryProse_IsLetGoPieceByPiece()
    {
        var scan = _rail.Open(RailStage.Output, TextProvenance.Model);
        var length = 0;

        foreach (var piece in new[] { "The", " quick", " bro", "wn", " fox", ",", " mail", " to", " ann", "@", "example" })
        {
            scan.Push(piece);
            length += piece.Length;

            scan.Settled.ShouldBe(length, piece);
        }
    }

    [Fact]
    public void Push_WordWhereAddressesAreMasked_WaitsForWhatItBecomes()
    {
        var options = new PiiOptions();
        options.Output[PiiKind.Email] = RailMode.Enforce;
        var scan = new PiiRail(options).Open(RailStage.Output, TextProvenance.Model);

        scan.Push("write to ann");
        scan.Settled.ShouldBe("write to ".Length);
        scan.Push("@example.com today");

        scan.Findings.ShouldHaveSingleItem().Reason.ShouldBe("email");
        scan.Settled.ShouldBeGreaterThan("write to ann@example.com".Length);
    }

    [Fact]
    public void Push_StartOfProvenValue_Waits()
    {
        var scan = _rail.Open(RailStage.Output, TextProvenance.Model);

        scan.Push("my card: 4111 1111");

        scan.Settled.ShouldBe("my card: ".Length);
    }
}
