using System.CommandLine;
using System.CommandLine.Parsing;
using GenAI.Eval.Suites;

namespace GenAI.Eval;

/// <summary>The command line: <c>eval SUITE --base-url URL --data DIR --out FILE.json</c>.</summary>
internal static class EvalCommand
{
    public static RootCommand Build()
    {
        var suite = new Argument<string>("suite") { Description = $"One of: {string.Join(", ", SuiteCatalogue.Names)}" };
        var baseUrl = new Option<Uri>("--base-url")
        {
            Description = "Address with the version, such as http://127.0.0.1:8080/v1",
            Required = true,
            CustomParser = ParseAddress,
        };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Folder with one data set, or with folders of data sets" };
        var output = new Option<FileInfo>("--out") { Description = "Result as JSON; the report goes beside it as HTML", Required = true };
        var baseline = new Option<FileInfo?>("--baseline") { Description = "An earlier result of the same suite to compare with" };
        var model = new Option<string?>("--model") { Description = "Model to ask; the first chat model listed when left out" };
        var policy = new Option<string?>("--policy") { Description = "Answer policy to ask for (extractive, generated, constrained); the server's choice when left out" };
        var limit = new Option<int?>("--limit") { Description = "Number of questions of each set, drawn with the seed; all when left out" };
        var seed = new Option<int>("--seed") { Description = "Seed of draws and of the bootstrap", DefaultValueFactory = _ => 1 };
        var clients = new Option<int[]>("--clients") { Description = "Numbers of concurrent clients of the load suite", DefaultValueFactory = _ => [1, 2, 4, 8], AllowMultipleArgumentsPerToken = true };
        var maxTokens = new Option<int>("--max-tokens") { Description = "Tokens of each answer in the load suite", DefaultValueFactory = _ => 64 };

        var noItems = new Option<bool>("--no-items") { Description = "Write figures alone, without the single answers: for results that are published while the data set's text may not be" };

        var command = new RootCommand("Offline evaluation of any OpenAI-compatible server.")
        {
            suite, baseUrl, data, output, baseline, model, policy, limit, seed, clients, maxTokens, noItems,
        };
        command.SetAction((parse, cancellationToken) => EvalRun.RunAsync(
            new EvalSettings
            {
                Suite = parse.GetRequiredValue(suite),
                BaseUrl = parse.GetRequiredValue(baseUrl),
                Data = parse.GetValue(data),
                Output = parse.GetRequiredValue(output),
                Baseline = parse.GetValue(baseline),
                Model = parse.GetValue(model),
                Policy = parse.GetValue(policy),
                Limit = parse.GetValue(limit),
                Seed = parse.GetValue(seed),
                Clients = parse.GetValue(clients) ?? [1],
                WithItems = !parse.GetValue(noItems),
                MaxTokens = parse.GetValue(maxTokens),
                ApiKey = Environment.GetEnvironmentVariable("OPENAI_API_KEY"),
            },
            cancellationToken));
        return command;
    }

    private static Uri? ParseAddress(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps))
        {
            return address;
        }

        argument.AddError($"'{text}' is no address. Give one such as http://127.0.0.1:8080/v1.");
        return null;
    }
}
