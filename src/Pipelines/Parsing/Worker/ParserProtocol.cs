using System.Runtime.InteropServices;
using System.Text;

namespace GenAI.Pipelines.Parsing.Worker;

/// <summary>
/// Frames between the server and its parser processes, in the byte order of the machine they share. A response is
/// <c>status, count, integers, count, characters</c>; every count is checked against the limits before memory is
/// taken for it, since a parser process that a hostile file took over must not take the server with it.
/// </summary>
internal static class ParserProtocol
{
    private const int MaxRequestBytes = 64 * 1024;
    private const int MaxIntegers = 64 << 20;
    private const int IntegersPerHeading = 4;
    private const int IntegersPerRange = 3;

    public static async Task WriteRequestAsync(Stream stream, ParserRequest request, CancellationToken cancellationToken)
    {
        using var frame = new MemoryStream();
        await using var writer = new BinaryWriter(frame, Encoding.UTF8);
        writer.Write(0);
        writer.Write(request.Path);
        writer.Write((int)request.Format);
        writer.Write(request.Limits.MaxTextCharacters);
        writer.Write(request.Limits.MaxPages);
        writer.Write(request.Limits.Timeout.Ticks);
        writer.Seek(0, SeekOrigin.Begin);
        writer.Write((int)frame.Length - sizeof(int));
        await stream.WriteAsync(frame.GetBuffer().AsMemory(0, (int)frame.Length), cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>The next request, or null when the server closed the stream.</summary>
    public static async Task<ParserRequest?> ReadRequestAsync(Stream stream, CancellationToken cancellationToken)
    {
        var prefix = new byte[sizeof(int)];
        if (await stream.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, cancellationToken) < prefix.Length)
        {
            return null;
        }

        var length = BitConverter.ToInt32(prefix);
        if (length is <= 0 or > MaxRequestBytes)
        {
            throw new InvalidDataException("A request has an impossible length.");
        }

        var frame = new byte[length];
        await stream.ReadExactlyAsync(frame, cancellationToken);
        using var reader = new BinaryReader(new MemoryStream(frame), Encoding.UTF8);
        var path = reader.ReadString();
        var format = (FileFormat)reader.ReadInt32();
        var limits = new ParseLimits
        {
            MaxTextCharacters = reader.ReadInt32(),
            MaxPages = reader.ReadInt32(),
            Timeout = TimeSpan.FromTicks(reader.ReadInt64()),
        };
        return new ParserRequest(path, format, limits);
    }

    public static async Task WriteFailureAsync(Stream stream, ParseFailure failure, string message, CancellationToken cancellationToken)
    {
        await WriteAsync(stream, [(int)failure + 1, 0], cancellationToken);
        await WriteTextAsync(stream, [message], cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    public static async Task WriteDocumentAsync(Stream stream, ParsedDocument document, CancellationToken cancellationToken)
    {
        List<int> numbers = [0, 0, document.Text.Length, document.Headings.Count, document.Pages.Count, document.Tables.Count];
        foreach (var heading in document.Headings)
        {
            numbers.AddRange([heading.Start, heading.End, heading.Level, heading.Text.Length]);
        }

        foreach (var page in document.Pages)
        {
            numbers.AddRange([page.Start, page.End, page.Number]);
        }

        foreach (var table in document.Tables)
        {
            numbers.AddRange([table.Start, table.End, table.HeaderEnd]);
        }

        numbers[1] = numbers.Count - 2;
        await WriteAsync(stream, [.. numbers], cancellationToken);
        await WriteTextAsync(stream, [document.Text, .. document.Headings.Select(heading => heading.Text)], cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <exception cref="EndOfStreamException">The parser process went away.</exception>
    /// <exception cref="InvalidDataException">The parser process sent what it never should.</exception>
    /// <exception cref="ParseException">The parser process refused the file.</exception>
    public static async Task<ParsedDocument> ReadResponseAsync(Stream stream, ParseLimits limits, CancellationToken cancellationToken)
    {
        var status = await ReadNumberAsync(stream, int.MaxValue, cancellationToken);
        var numbers = new int[await ReadNumberAsync(stream, MaxIntegers, cancellationToken)];
        var bytes = new byte[numbers.Length * sizeof(int)];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        Buffer.BlockCopy(bytes, 0, numbers, 0, bytes.Length);

        // The titles of headings repeat parts of the text, so all characters together are at most twice the text.
        var length = await ReadNumberAsync(stream, Math.Max(64 * 1024, (int)Math.Min(int.MaxValue / 2, 2L * limits.MaxTextCharacters)), cancellationToken);
        var characters = new char[length];
        var raw = new byte[Math.Min(64 * 1024, length * sizeof(char))];
        for (var done = 0; done < length;)
        {
            var part = raw.AsMemory(0, Math.Min(raw.Length, (length - done) * sizeof(char)));
            await stream.ReadExactlyAsync(part, cancellationToken);
            MemoryMarshal.Cast<byte, char>(part.Span).CopyTo(characters.AsSpan(done));
            done += part.Length / sizeof(char);
        }

        return status == 0 ? Decode(numbers, characters) : throw new ParseException((ParseFailure)(status - 1), new string(characters));
    }

    private static ParsedDocument Decode(int[] numbers, char[] characters)
    {
        if (numbers.Length < 4 || numbers.Any(number => number < 0)
            || numbers.Length != 4L + ((long)numbers[1] * IntegersPerHeading) + (((long)numbers[2] + numbers[3]) * IntegersPerRange)
            || numbers[0] > characters.Length)
        {
            throw new InvalidDataException("A response contradicts itself.");
        }

        var text = new string(characters, 0, numbers[0]);
        var headings = new ParsedHeading[numbers[1]];
        var pages = new ParsedPage[numbers[2]];
        var tables = new ParsedTable[numbers[3]];
        var at = 4;
        var title = numbers[0];
        for (var index = 0; index < headings.Length; index++, at += IntegersPerHeading)
        {
            Check(numbers[at], numbers[at + 1], text.Length);
            Check(title, title + numbers[at + 3], characters.Length);
            headings[index] = new ParsedHeading(numbers[at], numbers[at + 1], numbers[at + 2], new string(characters, title, numbers[at + 3]));
            title += numbers[at + 3];
        }

        for (var index = 0; index < pages.Length; index++, at += IntegersPerRange)
        {
            Check(numbers[at], numbers[at + 1], text.Length);
            pages[index] = new ParsedPage(numbers[at], numbers[at + 1], numbers[at + 2]);
        }

        for (var index = 0; index < tables.Length; index++, at += IntegersPerRange)
        {
            Check(numbers[at], numbers[at + 1], text.Length);
            Check(numbers[at], numbers[at + 2], text.Length);
            tables[index] = new ParsedTable(numbers[at], numbers[at + 1], numbers[at + 2]);
        }

        return new ParsedDocument(text, headings, pages, tables);
    }

    private static void Check(int start, int end, int length)
    {
        if (start > end || end > length)
        {
            throw new InvalidDataException("A response points outside its text.");
        }
    }

    private static async Task<int> ReadNumberAsync(Stream stream, int most, CancellationToken cancellationToken)
    {
        var bytes = new byte[sizeof(int)];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        var number = BitConverter.ToInt32(bytes);
        return number >= 0 && number <= most ? number : throw new InvalidDataException("A response has an impossible length.");
    }

    private static async Task WriteAsync(Stream stream, int[] numbers, CancellationToken cancellationToken)
    {
        var bytes = new byte[numbers.Length * sizeof(int)];
        Buffer.BlockCopy(numbers, 0, bytes, 0, bytes.Length);
        await stream.WriteAsync(bytes, cancellationToken);
    }

    private static async Task WriteTextAsync(Stream stream, List<string> parts, CancellationToken cancellationToken)
    {
        await WriteAsync(stream, [parts.Sum(part => part.Length)], cancellationToken);
        var buffer = new byte[64 * 1024];
        foreach (var part in parts)
        {
            for (var done = 0; done < part.Length;)
            {
                var count = Math.Min(part.Length - done, buffer.Length / sizeof(char));
                MemoryMarshal.AsBytes(part.AsSpan(done, count)).CopyTo(buffer);
                await stream.WriteAsync(buffer.AsMemory(0, count * sizeof(char)), cancellationToken);
                done += count;
            }
        }
    }
}
