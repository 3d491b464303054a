using GenAI.Gateway.Chain;
using GenAI.Generation.Llama;
using GenAI.Generation.Structured;
using GenAI.Generation.Templates;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Models;

/// <summary>Loads GGUF files into llama.cpp. Owns the engines; disposing ends what they run.</summary>
internal sealed class LlamaModelFactory(IOptions<ModelsOptions> options, ILoggerFactory loggers, TimeProvider clock) : ILocalModelFactory, IAsyncDisposable
{
    // What a file without a template of its own is most likely to understand.
    private const string PlainTemplate =
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>\n' }}{% endfor %}" +
        "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    private readonly Lock _gate = new();
    private readonly Stack<IAsyncDisposable> _engines = [];
    private readonly Stack<IDisposable> _models = [];

    public async Task LoadAsync(Generation.Catalogue.ModelEntry file, ModelEntry entry, CancellationToken cancellationToken)
    {
        LlamaModel.UseLogger(loggers.CreateLogger("GenAI.Generation.Llama"));
        var model = await LlamaModel.LoadAsync(file.Files[0], new LlamaModelOptions { Name = file.Id }, progress: null, cancellationToken);
        lock (_gate)
        {
            _models.Push(model);
        }

        if (entry.Info.Kind == ModelKind.Embedding)
        {
            var generator = new LlamaEmbeddingGenerator(model, EmbeddingOptions(model));
            Own(generator);
            entry.SetReady(entry.Info with { Dimensions = generator.Dimensions, ContextTokens = generator.MaxTokens }, generator);
            return;
        }

        var engine = new LlamaEngine(model, EngineOptions(), loggers.CreateLogger<LlamaEngine>(), clock);
        Own(engine);
        var source = model.ChatTemplate ?? PlainTemplate;
        var template = new JinjaChatTemplate(source, model.BosText, model.EosText, clock);
        var client = new LlamaChatClient(engine, template, ClientOptions(source), clock);
        var info = entry.Info with
        {
            ContextTokens = engine.ContextTokens,
            Capabilities = OutputParsers.Reasons(source) ? [.. entry.Info.Capabilities, ModelInfo.Reasoning] : entry.Info.Capabilities,
        };
        entry.SetReady(info, new StructuredChatClient(client, source));
    }

    public async ValueTask DisposeAsync()
    {
        while (_engines.TryPop(out var engine))
        {
            await engine.DisposeAsync();
        }

        while (_models.TryPop(out var model))
        {
            model.Dispose();
        }
    }

    private LlamaEngineOptions EngineOptions()
    {
        var settings = options.Value;
        var engine = new LlamaEngineOptions
        {
            ContextTokens = settings.ContextTokens,
            PrefixTokens = settings.PrefixCacheTokens,
            ParallelRequests = settings.ParallelRequests,
            MaxQueued = settings.MaxQueued,
        };
        engine.Threads = settings.Threads ?? engine.Threads;
        return engine;
    }

    private LlamaEmbeddingOptions EmbeddingOptions(LlamaModel model)
    {
        var embedding = new LlamaEmbeddingOptions { QueryPrefix = LlamaEmbeddingOptions.KnownQueryPrefix(model.Name) };
        embedding.Threads = options.Value.Threads ?? embedding.Threads;
        return embedding;
    }

    private LlamaChatClientOptions ClientOptions(string templateSource) => new()
    {
        OutputParser = OutputParsers.For(templateSource),
        MaxOutputTokens = options.Value.MaxOutputTokens,

        // The engine counts what ran even when the client left; its figures are the ones to bill.
        RequestEnded = static end => RequestScope.Of(end.Options)?.Usage.Report(end.Usage),
    };

    private void Own(IAsyncDisposable engine)
    {
        lock (_gate)
        {
            _engines.Push(engine);
        }
    }
}
