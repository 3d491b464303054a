using GenAI.Eval.Suites.Answers;
using GenAI.Eval.Suites.Load;
using GenAI.Eval.Suites.Retrieval;

namespace GenAI.Eval.Suites;

/// <summary>The suites there are. A new one is a new class and a line here.</summary>
internal static class SuiteCatalogue
{
    private static readonly ISuite[] Suites = [new RetrievalSuite(), new AnswerSuite(), new LoadSuite()];

    public static IEnumerable<string> Names => Suites.Select(suite => suite.Name);

    /// <exception cref="EvalException">There is no such suite.</exception>
    public static ISuite Find(string name) =>
        Suites.FirstOrDefault(suite => suite.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new EvalException($"There is no suite '{name}'. There are: {string.Join(", ", Names)}.");
}
