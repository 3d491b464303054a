using System.CommandLine;
using System.Text.Json;
using GenAI.Gateway.Hosting;
using GenAI.Generation;
using GenAI.Generation.Catalogue;

namespace GenAI.Gateway.Cli;

/// <summary><c>genai models list|pull|verify|remove</c>. Only pull speaks to the network.</summary>
/// <remarks>Exit codes: 0 done, 1 refused or failed with a sentence on the error stream, 130 interrupted.</remarks>
internal static class ModelsCommand
{
    private const int Failed = 1;
    private const int Interrupted = 130;

    public static Command Create()
    {
        var reference = new Argument<string>("MODEL") { Description = "OWNER/REPOSITORY on the hub, with :QUANTISATION to choose among several." };
        var id = new Argument<string>("ID") { Description = "Model id as shown by 'genai models list'." };
        var anyId = new Argument<string?>("ID") { Description = "Model id as shown by 'genai models list'; all models without one.", Arity = ArgumentArity.ZeroOrOne };
        var offline = new Option<bool>("--offline") { Description = "Refuse every call to the network." };

        var list = new Command("list", "List the models on disk.");
        list.SetAction((parsed, _) => GuardedAsync(_ => Task.FromResult(ModelListing.Show(Catalogue(parsed)))));
        var pull = new Command("pull", "Bring a model from the hub (HF_ENDPOINT, HF_TOKEN).") { reference, offline };
        pull.SetAction((parsed, _) => GuardedAsync(token =>
            ModelPull.RunAsync(Catalogue(parsed), parsed.GetRequiredValue(reference), parsed.GetValue(offline), token)));
        var verify = new Command("verify", "Check files against their recorded SHA-256.") { anyId };
        verify.SetAction((parsed, _) => GuardedAsync(token => ModelCheck.RunAsync(Catalogue(parsed), parsed.GetValue(anyId), token)));
        var remove = new Command("remove", "Delete a model's files.") { id };
        remove.SetAction((parsed, _) => GuardedAsync(_ => Task.FromResult(Remove(Catalogue(parsed).Get(parsed.GetRequiredValue(id))))));
        return new Command("models", "The models on this machine.") { list, pull, verify, remove };
    }

    private static ModelCatalogue Catalogue(ParseResult parsed)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddInMemoryCollection(ServeCommand.Settings(parsed)).Build();
        return new ModelCatalogue(GatewayPaths.From(configuration).ModelFolders);
    }

    private static int Remove(Generation.Catalogue.ModelEntry model)
    {
        ModelCatalogue.Remove(model);
        System.Console.WriteLine($"Removed {string.Join(", ", model.Files)}");
        return 0;
    }

    private static async Task<int> GuardedAsync(Func<CancellationToken, Task<int>> action)
    {
        using var interrupt = new Interrupt();
        try
        {
            return await action(interrupt.Token);
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            await System.Console.Error.WriteLineAsync("genai: Stopped. What arrived is kept: give the same command again to go on from there.");
            return Interrupted;
        }
        catch (Exception exception) when (exception is GenerationException or IOException or UnauthorizedAccessException or HttpRequestException)
        {
            return Complain(exception.Message);
        }
        catch (JsonException)
        {
            return Complain("The hub's answer is no listing of files. Check that HF_ENDPOINT names a model hub.");
        }
    }

    private static int Complain(string sentence)
    {
        System.Console.Error.WriteLine($"genai: {sentence}");
        return Failed;
    }
}
