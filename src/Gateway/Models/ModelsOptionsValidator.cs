using GenAI.Gateway.Hosting;
using GenAI.Generation.Catalogue;
using GenAI.Retrieval.Answers;
using Microsoft.Extensions.Options;

namespace GenAI.Gateway.Models;

/// <summary>Checks the section, names against one another and against the models on disk: a name means one thing.</summary>
internal sealed class ModelsOptionsValidator(GatewayPaths paths) : IValidateOptions<ModelsOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelsOptions options)
    {
        var failures = options.Remote.SelectMany(CheckRemote)
            .Concat(options.Aliases.SelectMany(alias => CheckAlias(alias.Key, alias.Value)))
            .Concat(options.AnswerPolicies.Where(pair => !IsPolicy(pair.Value)).Select(pair => BadPolicy($"Models:AnswerPolicies:{pair.Key}", pair.Value)))
            .Concat(CheckSizes(options))
            .Concat(CheckNames(options))
            .ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> CheckRemote(RemoteModelSettings remote, int index)
    {
        var place = $"Models:Remote:{index}";
        if (remote.Name.Length == 0)
        {
            yield return $"{place}:Name is missing; it is the model's name in requests.";
        }

        if (!Uri.TryCreate(remote.BaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            yield return $"{place}:BaseUrl is '{remote.BaseUrl}'; write it like http://127.0.0.1:8000/v1.";
        }

        if (remote.ApiKeyEnv is { } variable && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
        {
            yield return $"{place}:ApiKeyEnv names the environment variable {variable}, which is not set.";
        }

        if (remote.Kind == ModelKind.Embedding && remote.Dimensions is null or < 1)
        {
            yield return $"{place}:Dimensions is missing; it is the length of the vectors that this embedding model makes, such as 1024. Without it no document could be indexed.";
        }
    }

    private IEnumerable<string> CheckNames(ModelsOptions options)
    {
        if (options.Remote.Count == 0 && options.Aliases.Count == 0)
        {
            yield break;
        }

        var taken = new ModelCatalogue(paths.ModelFolders).List().ToDictionary(model => model.Id, _ => "a model on disk", StringComparer.Ordinal);
        taken[ExtractiveChatClient.Info.Id] = "the answerer that is built in";
        for (var index = 0; index < options.Remote.Count; index++)
        {
            var remote = options.Remote[index].Name;
            if (!taken.TryAdd(remote, $"Models:Remote:{index}"))
            {
                yield return $"Models:Remote:{index}:Name is '{remote}', and so is {taken[remote]}. Give it another name; UpstreamModel holds the one it has there.";
            }
        }

        foreach (var alias in options.Aliases.Keys.Where(taken.ContainsKey))
        {
            yield return $"Models:Aliases:{alias} has the name of a model ({taken[alias]}), which it would hide. Give the alias another name.";
        }
    }

    private static IEnumerable<string> CheckAlias(string name, AliasSettings alias)
    {
        if (alias.Model.Length == 0)
        {
            yield return $"Models:Aliases:{name}:Model is missing; it is the model behind the alias.";
        }

        if (alias.AnswerPolicy is { } policy && !IsPolicy(policy))
        {
            yield return BadPolicy($"Models:Aliases:{name}:AnswerPolicy", policy);
        }
    }

    private static IEnumerable<string> CheckSizes(ModelsOptions options)
    {
        (string Name, int? Value, int Min, int Max)[] sizes =
        [
            ("Threads", options.Threads, 1, 1024),
            ("ContextTokens", options.ContextTokens, 64, 1 << 24),
            ("ParallelRequests", options.ParallelRequests, 1, 64),
            ("MaxQueued", options.MaxQueued, 0, 100_000),
            ("PrefixCacheTokens", options.PrefixCacheTokens, 0, 1 << 24),
            ("MaxOutputTokens", options.MaxOutputTokens, 1, 1 << 24),
        ];
        return sizes.Where(size => size.Value < size.Min || size.Value > size.Max)
            .Select(size => $"Models:{size.Name} is {size.Value}; it must be between {size.Min} and {size.Max}.");
    }

    private static bool IsPolicy(string name) => name is AnswerPolicyNames.Extractive or AnswerPolicyNames.Generated or AnswerPolicyNames.Constrained;

    private static string BadPolicy(string place, string policy) => $"{place} is '{policy}'; it must be extractive, generated or constrained.";
}
