using System.Xml.Linq;

namespace GenAI.Architecture.Tests;

/// <summary>Guards the walls: an edge that is not in the picture of ARCHITECTURE.md fails here.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> AllowedEdges = new(StringComparer.Ordinal)
    {
        ["Retrieval"] = [],
        ["Generation"] = [],
        ["Guardrails"] = [],
        ["Pipelines"] = ["Retrieval", "Generation", "Guardrails"],
        ["Gateway"] = ["Pipelines", "Retrieval", "Generation", "Guardrails"],
        ["eval"] = ["Pipelines", "Retrieval", "Generation", "Guardrails"],
    };

    private static readonly string[] LeafPackages =
    [
        "Microsoft.Extensions.AI.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",
        "System.Numerics.Tensors",
    ];

    [Fact]
    public void ProjectReferences_EveryProject_StayWithinTheAllowedEdges()
    {
        var seen = new List<string>();
        foreach (var (name, document) in Projects())
        {
            seen.Add(name);
            var edges = document.Descendants("ProjectReference")
                .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
            edges.Except(AllowedEdges[name]).ShouldBeEmpty($"{name} refers to a project it must not know");
        }

        seen.Order(StringComparer.Ordinal).ShouldBe(AllowedEdges.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Retrieval")]
    [InlineData("Generation")]
    [InlineData("Guardrails")]
    public void PackageReferences_Leaf_AreTheSharedVocabularyOnly(string leaf)
    {
        var packages = Projects().Single(project => project.Name == leaf).Document
            .Descendants("PackageReference")
            .Select(reference => reference.Attribute("Include")!.Value);

        packages.Except(LeafPackages).ShouldBeEmpty();
    }

    [Fact]
    public void AspNetCore_OutsideTheGateway_IsNotReferenced()
    {
        foreach (var (name, document) in Projects().Where(project => project.Name != "Gateway"))
        {
            document.Root!.Attribute("Sdk")!.Value.ShouldBe("Microsoft.NET.Sdk", name);
            document.Descendants("FrameworkReference").ShouldBeEmpty(name);
        }
    }

    [Fact]
    public void NativePointers_OutsideNativeFolders_DoNotOccur()
    {
        // One folder of bindings a project; nothing outside it sees a pointer.
        var native = $"{Path.DirectorySeparatorChar}Native{Path.DirectorySeparatorChar}";
        var offenders = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains(native, StringComparison.Ordinal))
            .Where(file => File.ReadLines(file).Any(line =>
                line.Contains("IntPtr", StringComparison.Ordinal) ||
                line.Contains("nint ", StringComparison.Ordinal) ||
                line.Contains("LibraryImport(", StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(Repository.Root, file));

        offenders.ShouldBeEmpty();
    }

    private static IEnumerable<(string Name, XDocument Document)> Projects() =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "eval", "eval.csproj"))
            .Select(file => (Path.GetFileNameWithoutExtension(file), XDocument.Load(file)));
}
