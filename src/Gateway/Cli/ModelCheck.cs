using GenAI.Generation.Catalogue;

namespace GenAI.Gateway.Cli;

/// <summary><c>genai models verify</c>: a line a file, and 1 as exit code when one is damaged.</summary>
internal static class ModelCheck
{
    public static async Task<int> RunAsync(ModelCatalogue catalogue, string? id, CancellationToken cancellationToken)
    {
        var damaged = false;
        foreach (var model in id is null ? catalogue.List() : [catalogue.Get(id)])
        {
            foreach (var result in await ModelVerification.VerifyAsync(model, cancellationToken))
            {
                damaged |= result is { IsKnown: true, IsIntact: false };
                System.Console.WriteLine($"{result.FileName}  {result.ActualSha256}  {Verdict(result)}");
            }
        }

        return damaged ? 1 : 0;
    }

    private static string Verdict(VerificationResult result) => result switch
    {
        { IsKnown: false } => "no hash is recorded for it",
        { IsIntact: true } => "intact",
        _ => $"DAMAGED: expected {result.ExpectedSha256}; remove it and pull it again",
    };
}
