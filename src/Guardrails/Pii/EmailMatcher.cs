using GenAI.Guardrails.Canonical;

namespace GenAI.Guardrails.Pii;

/// <summary>An e-mail address, also with its marks written out: "ann dot lee (at) example dot com".</summary>
internal sealed class EmailMatcher : IPiiMatcher
{
    private const int MaxLocal = 64;
    private const int MaxLabels = 8;
    private const int MaxLabel = 63;

    public PiiKind Kind => PiiKind.Email;

    public int Match(CanonicalText text, int start)
    {
        if (!IsLocal(text.Peek(start)) || text.Peek(start) == '.' || IsLocal(text.Peek(start - 1)))
        {
            return -1;
        }

        var position = ReadLocal(text, start);
        var domain = position < 0 ? -1 : ReadMark(text, position, '@', "at");
        if (domain < 0)
        {
            return -1;
        }

        var isPlainWord = text.Peek(position) == ' ' && char.IsAsciiLetter(text.Peek(position + 1));
        return ReadDomain(text, domain, isPlainWord);
    }

    private static int ReadLocal(CanonicalText text, int start)
    {
        var position = start;
        while (true)
        {
            while (IsLocal(text.Peek(position)))
            {
                if (++position - start > MaxLocal)
                {
                    return -1;
                }
            }

            var next = ReadMark(text, position, '\0', "dot");
            if (next < 0 || !IsLocal(text.Peek(next)))
            {
                return text.Peek(position - 1) == '.' ? -1 : position;
            }

            position = next;
        }
    }

    /// <param name="isPlainWord">The at sign was the mere word "at", so the ending must be one that is no other word.</param>
    private static int ReadDomain(CanonicalText text, int start, bool isPlainWord)
    {
        var position = start;
        var end = -1;
        for (var label = 1; label <= MaxLabels; label++)
        {
            var labelStart = position;
            while (IsLabel(text.Peek(position)) && position - labelStart <= MaxLabel)
            {
                position++;
            }

            if (position == labelStart || text.Peek(labelStart) == '-')
            {
                break;
            }

            if (label > 1 && IsTopLevel(text, labelStart, position, isPlainWord))
            {
                end = position;
            }

            var next = ReadMark(text, position, '.', "dot");
            if (next < 0 || !IsLabel(text.Peek(next)))
            {
                break;
            }

            position = next;
        }

        var isCut = end > 0 && (text.Peek(end) == '@' || ReadMark(text, end, '@', "at") > 0);
        return end < 0 || isCut ? -1 : end;
    }

    /// <summary>The position behind a mark: the character, or its word in brackets or between blanks; -1 when there is none.</summary>
    private static int ReadMark(CanonicalText text, int position, char mark, string word)
    {
        if (mark != '\0' && text.Peek(position) == mark)
        {
            return position + 1;
        }

        var start = text.Peek(position) == ' ' ? position + 1 : position;
        var isBracketed = text.Peek(start) is '(' or '[' or '{';
        if (!isBracketed && start == position)
        {
            return -1;
        }

        start += isBracketed ? 1 : 0;
        for (var index = 0; index < word.Length; index++)
        {
            if (char.ToLowerInvariant(text.Peek(start + index)) != word[index])
            {
                return -1;
            }
        }

        var end = start + word.Length;
        if (!isBracketed)
        {
            return text.Peek(end) == ' ' ? end + 1 : -1;
        }

        if (text.Peek(end) is not (')' or ']' or '}'))
        {
            return -1;
        }

        return text.Peek(end + 1) == ' ' ? end + 2 : end + 1;
    }

    private static bool IsTopLevel(CanonicalText text, int start, int end, bool isPlainWord)
    {
        var length = end - start;
        if (isPlainWord)
        {
            return text.Slice(start, end).ToUpperInvariant() is "COM" or "ORG" or "NET" or "EDU" or "GOV" or "IO" or "INFO" or "UK" or "DE" or "FR" or "EU";
        }

        for (var position = start; position < end; position++)
        {
            if (!char.IsLetter(text.Peek(position)))
            {
                return false;
            }
        }

        return length is >= 2 and <= 24;
    }

    private static bool IsLocal(char value) => char.IsLetterOrDigit(value) || value is '.' or '_' or '%' or '+' or '-' or '\'';

    private static bool IsLabel(char value) => char.IsLetterOrDigit(value) || value == '-';
}
