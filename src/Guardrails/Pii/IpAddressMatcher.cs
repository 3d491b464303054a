using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

/// <summary>An IPv4 address in four decimal parts.</summary>
internal sealed class IpAddressMatcher : IPiiMatcher
{
    public PiiKind Kind => PiiKind.IpAddress;

    public int Match(CanonicalText text, int start)
    {
        if (!char.IsAsciiDigit(text.Peek(start)) || !PiiContext.CanBegin(text, start))
        {
            return -1;
        }

        var position = start;
        var lineEnds = 0;
        for (var part = 0; part < 4; part++)
        {
            position = SkipLineEnd(text, position, ref lineEnds);
            if (part > 0 && text.Peek(position++) != '.')
            {
                return -1;
            }

            var value = 0;
            var digits = 0;
            position = SkipLineEnd(text, position, ref lineEnds);
            while (digits < 4 && char.IsAsciiDigit(text.Peek(position)))
            {
                value = (value * 10) + text.Peek(position++) - '0';
                digits++;
                position = part < 3 || char.IsAsciiDigit(text.Peek(position + 1)) ? SkipLineEnd(text, position, ref lineEnds) : position;
            }

            if (digits is 0 or > 3 || value > 255)
            {
                return -1;
            }
        }

        return PiiContext.CanEnd(text, position) ? position : -1;
    }

    /// <summary>A line may have been broken once inside the address.</summary>
    private static int SkipLineEnd(CanonicalText text, int position, ref int lineEnds) =>
        text.Peek(position) == '\n' && lineEnds++ == 0 ? position + 1 : position;
}
