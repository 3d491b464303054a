using System.Text;

namespace GenAI.Pipelines.Parsing;

/// <summary>Bytes to text: byte order marks, then strict UTF-8, then Windows-1252, which reads any bytes.</summary>
internal static class TextDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string ReadAll(string path, ParseLimits limits)
    {
        var length = new FileInfo(path).Length;

        // Four bytes a character is the most that UTF-8 and UTF-16 need, so more than that is over the limit for certain.
        if (length > 4L * limits.MaxTextCharacters)
        {
            throw TooMuchText(limits);
        }

        var text = Decode(File.ReadAllBytes(path));
        return text.Length > limits.MaxTextCharacters ? throw TooMuchText(limits) : TextCleaner.Clean(text);
    }

    public static ParseException TooMuchText(ParseLimits limits) => new(
        ParseFailure.TooLarge,
        $"The file holds more than {limits.MaxTextCharacters / 1_000_000.0:0.#} million characters of text; split it into smaller files.");

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return Encoding.UTF8.GetString(bytes[3..]);
        }

        if (DetectWide(bytes) is { } wide)
        {
            return wide.GetString(bytes);
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
        }
    }

    /// <summary>UTF-32 or UTF-16 by its mark, or UTF-16 without one where almost every second byte is NUL, as in Latin text.</summary>
    public static Encoding? DetectWide(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
        {
            return Encoding.UTF32;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            return Encoding.Unicode;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return Encoding.BigEndianUnicode;
        }

        var sample = bytes[..(Math.Min(bytes.Length, 1024) & ~1)];
        var even = 0;
        var odd = 0;
        for (var index = 0; index < sample.Length; index += 2)
        {
            even += sample[index] == 0 ? 1 : 0;
            odd += sample[index + 1] == 0 ? 1 : 0;
        }

        var pairs = sample.Length / 2;
        return pairs < 2 ? null
            : odd > pairs * 0.7 && even == 0 ? Encoding.Unicode
            : even > pairs * 0.7 && odd == 0 ? Encoding.BigEndianUnicode
            : null;
    }
}
