namespace GenAI.Guardrails.Pii;

/// <summary>Check digits, over ASCII characters.</summary>
internal static class Checksums
{
    /// <summary>Luhn (ISO/IEC 7812-1).</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            var digit = digits[^(index + 1)] - '0';
            if (index % 2 == 1)
            {
                digit *= 2;
                digit = digit > 9 ? digit - 9 : digit;
            }

            sum += digit;
        }

        return sum % 10 == 0;
    }

    /// <summary>ISO 7064 mod 97-10 as IBANs use it (ISO 13616): the first four characters count last.</summary>
    public static bool Mod97(ReadOnlySpan<char> iban)
    {
        var remainder = 0;
        for (var index = 0; index < iban.Length; index++)
        {
            var symbol = char.ToUpperInvariant(iban[(index + 4) % iban.Length]);
            remainder = char.IsAsciiDigit(symbol)
                ? ((remainder * 10) + symbol - '0') % 97
                : ((remainder * 100) + symbol - 'A' + 10) % 97;
        }

        return remainder == 1;
    }

    /// <summary>NHS number: weights 10 to 2, check digit 11 minus the remainder; 10 is no digit.</summary>
    public static bool Mod11(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var index = 0; index < 9; index++)
        {
            sum += (digits[index] - '0') * (10 - index);
        }

        var check = (11 - (sum % 11)) % 11;
        return check == digits[9] - '0';
    }

    /// <summary>ABA routing number: weights 3, 7, 1.</summary>
    public static bool Aba(ReadOnlySpan<char> digits)
    {
        ReadOnlySpan<int> weights = [3, 7, 1];
        var sum = 0;
        for (var index = 0; index < digits.Length; index++)
        {
            sum += (digits[index] - '0') * weights[index % 3];
        }

        return sum % 10 == 0;
    }
}
