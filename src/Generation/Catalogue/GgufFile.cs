
namespace GenAI.Generation.Catalogue;

/// <summary>Reads what a GGUF file says of itself without loading its weights.</summary>
public static class GgufFile
{
    private const uint Magic = 0x46554747; // "GGUF", little endian
    private const ulong MaxEntries = 1_000_000;

    /// <summary>Reads the header of <paramref name="path"/>.</summary>
    /// <exception cref="GenerationException">The file is missing, not GGUF or damaged; the message says which.</exception>
    public static GgufMetadata Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            return Read(stream, path);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new GenerationException(
                GenerationFailure.ModelUnavailable,
                $"The header of {Path.GetFileName(path)} is damaged ({exception.Message}). Remove the file and pull the model again.",
                exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new GenerationException(
                GenerationFailure.ModelUnavailable,
                $"{Path.GetFileName(path)} cannot be read: {exception.Message}",
                exception);
        }
    }

    private static GgufMetadata Read(FileStream stream, string path)
    {
        var reader = new GgufReader(stream);
        if (reader.ReadUInt32() != Magic)
        {
            throw new GenerationException(
                GenerationFailure.ModelUnavailable,
                $"{Path.GetFileName(path)} is not a GGUF file. Models are taken as GGUF; other formats have to be converted first.");
        }

        var version = reader.ReadUInt32();
        if (version is < 2 or > 3)
        {
            throw new GenerationException(
                GenerationFailure.ModelUnavailable,
                $"{Path.GetFileName(path)} is GGUF version {version}; versions 2 and 3 are known.");
        }

        var tensorCount = reader.ReadUInt64();
        var valueCount = reader.ReadUInt64();
        if (tensorCount > MaxEntries || valueCount > MaxEntries)
        {
            throw new InvalidDataException($"{tensorCount} tensors and {valueCount} values");
        }

        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        for (ulong index = 0; index < valueCount; index++)
        {
            var key = reader.ReadString();
            values[key] = reader.ReadValue((GgufValueType)reader.ReadUInt32());
        }

        return Describe(values, CountParameters(reader, tensorCount));
    }

    private static long CountParameters(GgufReader reader, ulong tensorCount)
    {
        long parameters = 0;
        for (ulong tensor = 0; tensor < tensorCount; tensor++)
        {
            reader.ReadString();
            var dimensions = reader.ReadUInt32();
            if (dimensions > 8)
            {
                throw new InvalidDataException($"a tensor of {dimensions} dimensions");
            }

            long elements = 1;
            for (var dimension = 0; dimension < dimensions; dimension++)
            {
                elements = unchecked(elements * (long)reader.ReadUInt64());
            }

            parameters = unchecked(parameters + elements);
            reader.ReadUInt32();
            reader.ReadUInt64();
        }

        return parameters;
    }

    private static GgufMetadata Describe(Dictionary<string, object> values, long parameters)
    {
        var architecture = Text(values, "general.architecture") ?? string.Empty;
        return new GgufMetadata(
            architecture,
            Text(values, "general.name") ?? string.Empty,
            Number(values, architecture + ".context_length"),
            Number(values, architecture + ".embedding_length"),
            Number(values, architecture + ".block_count"),
            Number(values, "tokenizer.ggml.tokens"),
            Text(values, "tokenizer.chat_template"),
            values.ContainsKey("general.file_type")
                ? GgufQuantisation.Name(Number(values, "general.file_type"))
                : string.Empty,
            parameters,
            values.ContainsKey(architecture + ".pooling_type")
                ? PoolingName(Number(values, architecture + ".pooling_type"))
                : null,
            Text(values, "general.license") ?? string.Empty,
            Number(values, "split.no"),
            Math.Max(1, Number(values, "split.count")));
    }

    private static string? Text(Dictionary<string, object> values, string key) => values.GetValueOrDefault(key) as string;

    /// <summary>A number of the header, 0 when it is missing; a file may claim any, so it is cut to what an int holds.</summary>
    private static int Number(Dictionary<string, object> values, string key) => values.GetValueOrDefault(key) switch
    {
        ulong value => (int)Math.Min(value, int.MaxValue),
        long value => (int)Math.Clamp(value, int.MinValue, int.MaxValue),
        _ => 0,
    };

    private static string PoolingName(int pooling) => pooling switch
    {
        0 => "none",
        1 => "mean",
        2 => "cls",
        3 => "last",
        4 => "rank",
        _ => "unknown",
    };
}
