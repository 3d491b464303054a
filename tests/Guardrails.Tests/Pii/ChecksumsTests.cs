using GenAI.Guardrails.Pii;

namespace GenAI.Guardrails.Tests.Pii;

public sealed class ChecksumsTests
{
    [Fact]
    public void Luhn_EverySingleDigitChange_IsRejected()
    {
        Checksums.Luhn("4111111111111111").ShouldBeTrue();
        EveryChange("4111111111111111").ShouldAllBe(number => !Checksums.Luhn(number));
    }

    [Fact]
    public void Mod11_EverySingleDigitChange_IsRejected()
    {
        Checksums.Mod11("9434765919").ShouldBeTrue();
        EveryChange("9434765919").ShouldAllBe(number => !Checksums.Mod11(number));
    }

    [Fact]
    public void Aba_EverySingleDigitChange_IsRejected()
    {
        Checksums.Aba("021000021").ShouldBeTrue();
        EveryChange("021000021").ShouldAllBe(number => !Checksums.Aba(number));
    }

    [Theory]
    [InlineData("GB82WEST12345698765432", true)]
    [InlineData("FR1420041010050500013M02606", true)]
    [InlineData("GB82WEST12345698765423", false)]
    public void Mod97_Iban_IsJudged(string iban, bool expected) =>
        Checksums.Mod97(iban).ShouldBe(expected);

    private static IEnumerable<string> EveryChange(string number) =>
        from index in Enumerable.Range(0, number.Length)
        from digit in "0123456789"
        where number[index] != digit
        select number[..index] + digit + number[(index + 1)..];
}
