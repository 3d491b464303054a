using System.CommandLine;
using GenAI.Gateway.Hosting;

namespace GenAI.Gateway.Cli;

/// <summary><c>genai [serve]</c>.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> s_urls = new("--urls")
    {
        Description = $"Addresses to listen on, separated by ';' (ASPNETCORE_URLS). Default: {ListenAddress.Default}",
        Recursive = true,
    };

    private static readonly Option<string?> s_data = new("--data")
    {
        Description = $"Folder for everything the server writes ({GatewayPaths.DataVariable}).",
        Recursive = true,
    };

    private static readonly Option<string?> s_models = new("--models")
    {
        Description = $"Folders with GGUF models ({GatewayPaths.ModelsVariable}).",
        Recursive = true,
    };

    public static Command Create(string name, string description)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, token) => ServerRun.RunAsync(Settings(parsed), token));
        return command;
    }

    /// <summary>Makes serving what the bare program does; the options hold for every command.</summary>
    public static void Attach(RootCommand root)
    {
        root.Options.Add(s_urls);
        root.Options.Add(s_data);
        root.Options.Add(s_models);
        root.SetAction((parsed, token) => ServerRun.RunAsync(Settings(parsed), token));
    }

    /// <summary>What the command line sets, under the names of the environment.</summary>
    public static Dictionary<string, string?> Settings(ParseResult parsed)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal);
        (string Name, string? Value)[] given =
        [
            ("URLS", parsed.GetValue(s_urls)),
            (GatewayPaths.DataVariable, parsed.GetValue(s_data)),
            (GatewayPaths.ModelsVariable, parsed.GetValue(s_models)),
        ];
        foreach (var (name, value) in given.Where(pair => pair.Value is not null))
        {
            settings[name] = value;
        }

        return settings;
    }
}
