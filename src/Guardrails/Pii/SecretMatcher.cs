using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

/// <summary>Keys and tokens that carry their issuer's prefix, JSON web tokens and PEM private keys.</summary>
internal sealed class SecretMatcher : IPiiMatcher
{
    /// <summary>Longest secret taken whole; a longer one is cut here and its rest is no longer a secret.</summary>
    private const int MaxLength = 16 * 1024;

    private const string PemBegin = "-----BEGIN ";
    private const string PemEnd = "-----END ";

    /// <summary>Prefixes as their issuers document them, with the least number of characters that follow.</summary>
    private static readonly (string Prefix, int MinRest)[] Prefixes =
    [
        ("AKIA", 16), ("ASIA", 16), ("ghp_", 30), ("gho_", 30), ("ghu_", 30), ("ghs_", 30), ("ghr_", 30), ("github_pat_", 22),
        ("glpat-", 20), ("xoxb-", 10), ("xoxp-", 10), ("xoxa-", 10), ("xoxr-", 10), ("xoxs-", 10), ("xapp-", 10), ("sk_live_", 16),
        ("rk_live_", 16), ("sk_test_", 16), ("whsec_", 20), ("AIza", 35), ("hf_", 30), ("npm_", 36), ("pypi-", 40), ("dop_v1_", 40),
        ("SG.", 40), ("sk-", 20),
    ];

    public PiiKind Kind => PiiKind.Secret;

    public int Match(CanonicalText text, int start)
    {
        var before = text.Peek(start - 1);
        if (char.IsLetterOrDigit(before) || before is '_')
        {
            return -1;
        }

        return text.Peek(start) switch
        {
            '-' => MatchPem(text, start),
            'e' => MatchJwt(text, start),
            _ => MatchPrefixed(text, start),
        };
    }

    private static int MatchPrefixed(CanonicalText text, int start)
    {
        foreach (var (prefix, minRest) in Prefixes)
        {
            if (StartsWith(text, start, prefix))
            {
                var rest = start + prefix.Length;
                var end = ReadToken(text, rest, start);
                if (prefix == "SG." && text.Peek(end) == '.')
                {
                    end = ReadToken(text, end + 1, start);
                }

                return end - rest >= minRest && text.HasDigit(rest, end) ? end : -1;
            }
        }

        return -1;
    }

    private static int MatchJwt(CanonicalText text, int start)
    {
        if (!StartsWith(text, start, "eyJ"))
        {
            return -1;
        }

        var header = ReadToken(text, start, start);
        if (text.Peek(header) != '.' || !StartsWith(text, header + 1, "eyJ"))
        {
            return -1;
        }

        var payload = ReadToken(text, header + 1, start);
        return text.Peek(payload) == '.' ? ReadToken(text, payload + 1, start) : -1;
    }

    private static int MatchPem(CanonicalText text, int start)
    {
        if (!StartsWith(text, start, PemBegin) || !LineHas(text, start + PemBegin.Length, "PRIVATE KEY-----"))
        {
            return -1;
        }

        var position = start + PemBegin.Length;
        while (position - start < MaxLength && text.Peek(position) != '\0')
        {
            if (text.Peek(position) == '-' && StartsWith(text, position, PemEnd))
            {
                while (position - start < MaxLength && text.Peek(position) is not ('\n' or '\0'))
                {
                    position++;
                }

                break;
            }

            position++;
        }

        return position;
    }

    private static bool LineHas(CanonicalText text, int start, string words)
    {
        for (var position = start; position < start + 24; position++)
        {
            var value = text.Peek(position);
            if (value is '\n' or '\0')
            {
                return false;
            }

            if (StartsWith(text, position, words))
            {
                return true;
            }
        }

        return false;
    }

    private static int ReadToken(CanonicalText text, int position, int start) =>
        text.WordEnd(position, Math.Max(0, MaxLength - (position - start)));

    private static bool StartsWith(CanonicalText text, int start, string words)
    {
        for (var index = 0; index < words.Length; index++)
        {
            if (text.Peek(start + index) != words[index])
            {
                return false;
            }
        }

        return true;
    }
}
