namespace GenAI.Gateway.Hosting;

/// <summary>Where things lie on this machine.</summary>
/// <param name="DataFolder">Everything this server writes.</param>
/// <param name="ModelFolders">Searched in this order; the first one takes what is pulled.</param>
internal sealed record GatewayPaths(string DataFolder, IReadOnlyList<string> ModelFolders)
{
    public const string DataVariable = "GENAI_DATA";
    public const string ModelsVariable = "GENAI_MODELS";

    /// <summary>The checkout this program was built in, or null for an installed one.</summary>
    public static string? Repository { get; } = FindUp(AppContext.BaseDirectory) ?? FindUp(Environment.CurrentDirectory);

    /// <param name="configuration">Environment and command line; both may set the two folders.</param>
    public static GatewayPaths From(IConfiguration configuration)
    {
        var data = Path.GetFullPath(configuration[DataVariable] is { Length: > 0 } set ? set : DefaultDataFolder(configuration));
        var pulled = Path.Combine(data, "models");
        if (configuration[ModelsVariable] is { Length: > 0 } models)
        {
            var named = models.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return new GatewayPaths(data, [.. named.Select(Path.GetFullPath)]);
        }

        var shipped = Path.Combine(Repository ?? AppContext.BaseDirectory, "models");
        return new GatewayPaths(data, [pulled, shipped]);
    }

    /// <summary>A file or folder that ships with the program: beside it, or in the checkout it was built in.</summary>
    public static string? Shipped(params string[] relative)
    {
        var path = Path.Combine(relative);
        string?[] roots = [AppContext.BaseDirectory, Repository];
        return roots.OfType<string>().Select(root => Path.Combine(root, path)).FirstOrDefault(Path.Exists);
    }

    private static string DefaultDataFolder(IConfiguration configuration)
    {
        var home = configuration["XDG_DATA_HOME"] is { Length: > 0 } xdg && Path.IsPathRooted(xdg)
            ? xdg
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return Path.Combine(home.Length > 0 ? home : AppContext.BaseDirectory, "genai");
    }

    private static string? FindUp(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GenAI.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
