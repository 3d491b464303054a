using GenAI.Pipelines.Parsing;

[assembly: AssemblyFixture(typeof(GenAI.Pipelines.Tests.Parsing.SharedParsers))]

namespace GenAI.Pipelines.Tests.Parsing;

/// <summary>One pool of real parser processes for the whole test run.</summary>
public sealed class SharedParsers : IAsyncDisposable
{
    public DocumentParsers Parsers { get; } = new(new DocumentParsersOptions { MaxWorkers = 2 });

    public ValueTask DisposeAsync() => Parsers.DisposeAsync();
}
