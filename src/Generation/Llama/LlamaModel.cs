using System.Text.RegularExpressions;
using GenAI.Generation.Llama.Native;
using Microsoft.Extensions.Logging;

namespace GenAI.Generation.Llama;

/// <summary>
/// A GGUF model in memory: weights, vocabulary and what the file says of itself. Safe for concurrent use;
/// engines that were made from it keep the weights alive after it is disposed.
/// </summary>
public sealed partial class LlamaModel : IDisposable
{
    private readonly Lazy<IReadOnlyDictionary<string, string>> _metadata;

    private LlamaModel(string path, string name, NativeModel native)
    {
        Path = path;
        Name = name;
        Native = native;
        Tokenizer = new LlamaTokenizer(native);
        _metadata = new Lazy<IReadOnlyDictionary<string, string>>(native.ReadMetadata);
        Description = native.Description;
        ChatTemplate = native.ChatTemplate;
        BosText = native.TokenName(native.Bos);
        EosText = native.TokenName(native.Eos);
    }

    public string Path { get; }

    public string Name { get; }

    /// <summary>The engine's own line, such as "llama 135M Q4_1".</summary>
    public string Description { get; }

    public string Architecture => Metadata.GetValueOrDefault("general.architecture", "unknown");

    /// <summary>Tokens of context the model was trained for.</summary>
    public int TrainingContext => Native.TrainingContext;

    public int VocabularySize => Native.VocabularySize;

    /// <summary>Dimensions of the model's embeddings.</summary>
    public int EmbeddingSize => Native.EmbeddingSize;

    public long ParameterCount => Native.ParameterCount;

    /// <summary>Bytes of all weights.</summary>
    public long SizeBytes => Native.SizeBytes;

    /// <summary>The Jinja chat template in the file, or null.</summary>
    public string? ChatTemplate { get; }

    /// <summary>Text of the token that begins a sequence; empty when there is none.</summary>
    public string BosText { get; }

    /// <summary>Text of the token that ends a sequence; empty when there is none.</summary>
    public string EosText { get; }

    /// <summary>Whether the file asks for pooled embeddings rather than for text generation.</summary>
    public bool IsEmbeddingModel => Metadata.ContainsKey($"{Architecture}.pooling_type") || !Native.HasDecoder || Architecture.Contains("bert", StringComparison.Ordinal);

    /// <summary>Every key of the file's metadata that is not an array.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata.Value;

    public LlamaTokenizer Tokenizer { get; }

    internal NativeModel Native { get; }

    /// <summary>Null when the native engine runs on this machine, else a sentence that says what to do.</summary>
    public static string? EngineProblem => NativeRuntime.Problem;

    /// <summary>The engine's version, such as "v0.5.0"; empty when it does not run.</summary>
    public static string EngineVersion => NativeRuntime.Problem is null ? NativeRuntime.Version : string.Empty;

    /// <summary>Descriptions of the devices that compute.</summary>
    public static IReadOnlyList<string> Devices => NativeRuntime.Problem is null ? NativeRuntime.Devices : [];

    /// <summary>Sends the engine's own log lines to a logger; there is one for the process, and the last one set gets them.</summary>
    public static void UseLogger(ILogger logger) => NativeLog.Sink = logger;

    /// <summary>Loads a model file; of a split model, name the first part.</summary>
    /// <param name="progress">Gets 0 to 1 on the loading thread.</param>
    /// <exception cref="GenerationException">The file is missing, damaged or of an unknown kind, or the native engine is not there (<see cref="GenerationFailure.ModelUnavailable"/>).</exception>
    public static Task<LlamaModel> LoadAsync(
        string path,
        LlamaModelOptions? options = null,
        IProgress<float>? progress = null,
        CancellationToken cancellationToken = default) =>
        Task.Factory.StartNew(
            () => Load(System.IO.Path.GetFullPath(path), options ?? new LlamaModelOptions(), progress, cancellationToken),
            cancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    public void Dispose() => Native.Dispose();

    private static LlamaModel Load(string path, LlamaModelOptions options, IProgress<float>? progress, CancellationToken cancellationToken)
    {
        NativeRuntime.Require();
        RequireParts(path);
        NativeLog.TakeLastError();
        var native = NativeModel.TryLoad(path, options.GpuLayers, share =>
        {
            progress?.Report(share);
            return !cancellationToken.IsCancellationRequested;
        });
        cancellationToken.ThrowIfCancellationRequested();
        if (native is null)
        {
            var reason = NativeLog.TakeLastError();
            throw Unavailable($"The model file {path} could not be loaded: it is damaged or of a kind that llama.cpp {NativeRuntime.Version} does not know{(reason is null ? "." : $" ({reason}).")} Fetch it again or verify its checksum.");
        }

        return new LlamaModel(path, options.Name ?? BaseName(path), native);
    }

    private static void RequireParts(string path)
    {
        if (!File.Exists(path))
        {
            throw Unavailable($"The model file {path} is not there.");
        }

        if (SplitName().Match(path) is not { Success: true } match)
        {
            return;
        }

        if (match.Groups["part"].Value != "00001")
        {
            throw Unavailable($"{path} is a later part of a split model: name its first part, {match.Groups["stem"].Value}-00001-of-{match.Groups["count"].Value}.gguf.");
        }

        var count = int.Parse(match.Groups["count"].Value, System.Globalization.CultureInfo.InvariantCulture);
        for (var part = 2; part <= count; part++)
        {
            var file = $"{match.Groups["stem"].Value}-{part:D5}-of-{count:D5}.gguf";
            if (!File.Exists(file))
            {
                throw Unavailable($"A part of the split model is missing: {file}.");
            }
        }
    }

    private static string BaseName(string path)
    {
        var match = SplitName().Match(path);
        return System.IO.Path.GetFileNameWithoutExtension(match.Success ? match.Groups["stem"].Value + ".gguf" : path);
    }

    private static GenerationException Unavailable(string message) => new(GenerationFailure.ModelUnavailable, message);

    [GeneratedRegex(@"^(?<stem>.+)-(?<part>\d{5})-of-(?<count>\d{5})\.gguf$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SplitName();
}
