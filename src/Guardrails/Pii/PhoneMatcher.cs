using System.Collections.Frozen;
using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

/// <summary>
/// A phone number by its shape: international, North American, or any plausible grouping beside a word that names it.
/// </summary>
internal sealed class PhoneMatcher : IPiiMatcher
{
    private const int MaxDigits = 15;
    private const int MinDigits = 7;

    /// <summary>Characters of a number with its marks; without an end, brackets alone would be read on to the end of the text.</summary>
    private const int MaxLength = 64;

    private static readonly FrozenSet<string> Names =
        new[] { "phone", "telephone", "tel", "call", "mobile", "cell", "fax", "desk", "dial", "ring", "reach", "whatsapp", "sms", "office", "hotline", "answering", "registered" }
            .ToFrozenSet(StringComparer.Ordinal);

    public PiiKind Kind => PiiKind.Phone;

    public int Match(CanonicalText text, int start)
    {
        var first = text.Peek(start);
        var before = text.Peek(start - 1);
        if (!(char.IsAsciiDigit(first) || first is '+' or '(')
            || char.IsLetterOrDigit(before)
            || (before is '.' or ',' or '+' or '-' or '/' && text.Peek(start - 2) != '\0' && char.IsAsciiDigit(text.Peek(start - 2))))
        {
            return -1;
        }

        var shape = Read(text, start, out var end);
        if (end < 0 || !IsPhone(text, start, shape, first))
        {
            return -1;
        }

        end = SkipExtension(text, end);
        return char.IsLetterOrDigit(text.Peek(end)) ? -1 : end;
    }

    private static bool IsPhone(CanonicalText text, int start, string shape, char first)
    {
        var digits = shape.Count(symbol => symbol == 'd');
        if (digits is < MinDigits or > MaxDigits)
        {
            return false;
        }

        return first == '+'
            || shape is "(ddd)sdddpdddd" or "(ddd)dddpdddd" or "(ddd)sdddsdddd" or "dddpdddpdddd" or "dpdddpdddpdddd"
            || PiiContext.NearestWord(text, start, Names, 5);
    }

    /// <summary>The number's shape: d for a digit, s for a blank, p for a dash or point, brackets as they are.</summary>
    private static string Read(CanonicalText text, int start, out int end)
    {
        var shape = new System.Text.StringBuilder();
        end = -1;
        var position = start;
        for (var digits = 0; digits <= MaxDigits && position - start < MaxLength;)
        {
            var value = text.Peek(position);
            if (char.IsAsciiDigit(value))
            {
                digits++;
                shape.Append('d');
                end = ++position;
                continue;
            }

            if (value is '(' or ')' || (value == '+' && position == start))
            {
                if (value != '+')
                {
                    shape.Append(value);
                }

                position++;
                continue;
            }

            var next = SkipSeparator(text, position);
            if (next < 0)
            {
                break;
            }

            shape.Append(text.Peek(position) is '-' or '.' ? 'p' : 's');
            position = next;
        }

        var trailing = shape.ToString().LastIndexOf('d');
        return trailing < 0 ? string.Empty : shape.ToString(0, trailing + 1);
    }

    private static int SkipExtension(CanonicalText text, int end)
    {
        var position = text.Peek(end) == ' ' ? end + 1 : end;
        if (char.ToLowerInvariant(text.Peek(position)) == 'e' && text.Peek(position + 1) == 'x' && text.Peek(position + 2) == 't')
        {
            position += text.Peek(position + 3) is '.' or ' ' ? 4 : 3;
        }
        else if (text.Peek(position) != 'x')
        {
            return end;
        }
        else
        {
            position++;
        }

        var digits = position;
        while (position - digits < 5 && char.IsAsciiDigit(text.Peek(position)))
        {
            position++;
        }

        return position > digits ? position : end;
    }

    /// <summary>One separator, or a blank beside another; what follows must carry the number on.</summary>
    private static int SkipSeparator(CanonicalText text, int position)
    {
        var length = 0;
        while (length < 2 && text.Peek(position + length) is ' ' or '-' or '.' or '/' or '\n')
        {
            length++;
        }

        var next = text.Peek(position + length);
        return length > 0 && (char.IsAsciiDigit(next) || next is '(') ? position + length : -1;
    }
}
