namespace GenAI.Guardrails.Pii;

/// <summary>Kinds of personal and secret values that the rail knows.</summary>
public enum PiiKind
{
    /// <summary>Payment card: issuer range, length and Luhn digit.</summary>
    CreditCard,

    /// <summary>International bank account number: length by country and mod-97.</summary>
    Iban,

    /// <summary>US social security number: area, group and serial rules.</summary>
    UsSsn,

    /// <summary>UK NHS number: mod-11, beside a word that names it.</summary>
    NhsNumber,

    /// <summary>US bank routing number: prefix and checksum, beside a word that names it.</summary>
    AbaRouting,

    /// <summary>Keys and tokens with a known prefix, JSON web tokens, PEM private keys.</summary>
    Secret,

    Email,

    Phone,

    IpAddress,
}
