using GenAI.Eval.Reports;

namespace GenAI.Eval.Suites;

/// <summary>One kind of evaluation.</summary>
internal interface ISuite
{
    string Name { get; }

    Task<IReadOnlyList<ResultGroup>> RunAsync(SuiteContext context, CancellationToken cancellationToken);
}
