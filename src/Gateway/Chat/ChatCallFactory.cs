using System.Globalization;
using GenAI.Gateway.Chain;
using GenAI.Gateway.Models;
using GenAI.Gateway.Security;
using GenAI.Generation;
using Microsoft.Extensions.AI;

namespace GenAI.Gateway.Chat;

/// <summary>Finds the model of a request, waits for it to be loaded, and makes the options of each choice. Thread safe.</summary>
internal sealed class ChatCallFactory(ModelRegistry registry, TimeProvider clock)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public async Task<ChatCall> CreateAsync(ChatRequest request, HttpContext context, CancellationToken cancellationToken)
    {
        var named = registry.Get(request.Model);
        var entry = registry.Resolve(named);
        if (entry.Info.Kind == ModelKind.Embedding)
        {
            throw new Errors.ApiException(Errors.ApiErrors.Invalid(
                $"The model '{request.Model}' makes embeddings and cannot chat; use it with /v1/embeddings.", "model", "model_not_supported"));
        }

        await ModelAvailability.EnsureReadyAsync(entry, s_patience, clock, cancellationToken);
        var documents = DocumentOptions.Combine(request.Documents, named.Info, entry.Info);
        var options = new List<ChatOptions>(request.Choices);
        var scopes = new List<RequestScope>(request.Choices);
        for (var choice = 0; choice < request.Choices; choice++)
        {
            var scope = new RequestScope(context.TraceIdentifier, Principal.Of(context), choice) { RetryCount = RetryCountOf(context.Request) };
            scopes.Add(scope);
            options.Add(OptionsFor(request, entry.Info, scope, documents));
        }

        var identity = ChatCompletionIdentity.Create(request.Model, entry.Info, clock.GetUtcNow());
        return new ChatCall(request, entry.Info, identity, options, scopes);
    }

    private static ChatOptions OptionsFor(ChatRequest request, ModelInfo target, RequestScope scope, DocumentRequest? documents)
    {
        var options = request.Options.Clone();
        options.ModelId = target.Id;

        // One seed for all would make all answers the same.
        options.Seed = options.Seed is { } seed ? unchecked(seed + scope.Choice) : null;
        options.AdditionalProperties ??= [];
        options.AdditionalProperties[RequestScope.Key] = scope;
        options.AdditionalProperties[GenerationOptionNames.Tenant] = scope.Principal.Tenant;
        if (documents is not null)
        {
            DocumentOptions.Attach(options, documents);
        }

        return options;
    }

    private static int RetryCountOf(HttpRequest request) =>
        int.TryParse(request.Headers["x-stainless-retry-count"], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
