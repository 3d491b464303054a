namespace GenAI.Generation.Catalogue.Hub;

/// <summary>Chooses which files of a repository make up the wanted model.</summary>
internal static class ModelSelection
{
    // Without a wish: the usual balance of size and quality first.
    private static readonly string[] Preferred = ["Q4_K_M", "Q4_K_S", "Q5_K_M", "Q4_0", "Q8_0"];

    /// <returns>The parts of one model in order.</returns>
    /// <exception cref="GenerationException">Nothing or more than one model fits; the message lists what there is.</exception>
    public static IReadOnlyList<HubFile> Choose(ModelReference reference, IReadOnlyList<HubFile> files)
    {
        var models = files
            .Where(file => file.Type == "file" && file.Name.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
            .Where(file => !file.Name.StartsWith("mmproj", StringComparison.OrdinalIgnoreCase))
            .GroupBy(file => Folder(file) + ModelCatalogue.ModelId(file.Name), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        if (models.Count == 0)
        {
            throw Refuse($"{reference.Repository} holds no GGUF file at revision {reference.Revision}. Look for a repository whose name ends in -GGUF.");
        }

        var chosen = reference.Selection is null
            ? ByPreference(models)
            : models.Where(model => Matches(model.Key, reference.Selection)).ToList();
        return chosen.Count switch
        {
            1 => [.. chosen[0].OrderBy(file => file.Path, StringComparer.Ordinal)],
            0 => throw Refuse($"{reference.Repository} has no model '{reference.Selection}'. It has: {Names(models)}."),
            _ => throw Refuse($"{reference.Repository} has several models. Choose one with :NAME, out of: {Names(models)}."),
        };
    }

    private static List<IGrouping<string, HubFile>> ByPreference(List<IGrouping<string, HubFile>> models) =>
        models.Count == 1
            ? models
            : Preferred
                .Select(wish => models.Where(model => Matches(model.Key, wish)).ToList())
                .FirstOrDefault(found => found.Count == 1) ?? models;

    private static bool Matches(string model, string wish)
    {
        var name = wish.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase) ? wish[..^5] : wish;
        if (string.Equals(model, name, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // "Q4_K" must not choose "Q4_K_M": the wish has to end the name at a separator.
        return model.EndsWith(name, StringComparison.OrdinalIgnoreCase)
            && model.Length > name.Length
            && model[model.Length - name.Length - 1] is ('-' or '.' or '_' or '/');
    }

    private static string Folder(HubFile file) => file.Path[..^file.Name.Length];

    private static string Names(List<IGrouping<string, HubFile>> models) => string.Join(", ", models.Select(model => model.Key));

    private static GenerationException Refuse(string message) => new(GenerationFailure.InvalidRequest, message);
}
