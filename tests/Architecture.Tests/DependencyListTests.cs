using System.Text.Json;
using System.Xml.Linq;

namespace GenAI.Architecture.Tests;

/// <summary>Every pin has its line in docs/dependencies.md, with the version that is pinned.</summary>
public sealed class DependencyListTests
{
    private static readonly string List = File.ReadAllText(Path.Combine(Repository.Root, "docs", "dependencies.md"));

    [Fact]
    public void NuGetPins_EachOne_IsListedWithItsVersion()
    {
        var pins = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(pin => (Name: pin.Attribute("Include")!.Value, Version: pin.Attribute("Version")!.Value))
            .ToList();

        pins.ShouldNotBeEmpty();
        pins.Where(pin => !List.Contains($"| {pin.Name} | {pin.Version} |", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void NuGetPins_EachOne_IsUsedByAProject()
    {
        var used = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.Root, "Directory.Build.props"))
            .Append(Path.Combine(Repository.Root, "Directory.Build.targets"))
            .SelectMany(file => XDocument.Load(file).Descendants("PackageReference"))
            .Select(reference => reference.Attribute("Include")!.Value)
            .ToHashSet(StringComparer.Ordinal);

        XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(pin => pin.Attribute("Include")!.Value)
            .Except(used)
            .ShouldBeEmpty();
    }

    [Fact]
    public void NpmPins_EachOne_IsExactAndListed()
    {
        var pins = PackageFiles().SelectMany(Pins).ToList();

        pins.ShouldNotBeEmpty();
        pins.Where(pin => !char.IsAsciiDigit(pin.Version[0])).ShouldBeEmpty("a range is not a pin");
        pins.Where(pin => !List.Contains(ShortName(pin.Name), StringComparison.Ordinal) || !List.Contains(pin.Version, StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void NpmLocks_EveryPackageFile_HasOneWithoutDownloadAddresses()
    {
        foreach (var file in PackageFiles())
        {
            var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "package-lock.json"));
            text.ShouldNotContain("\"resolved\"", customMessage: file);
        }
    }

    // Platform packages of one family share a line, where only the first has its scope written out.
    private static string ShortName(string name) => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..];

    private static IEnumerable<string> PackageFiles() =>
        Directory.EnumerateFiles(Repository.Root, "package.json", SearchOption.AllDirectories)
            .Where(file => !file.Contains("node_modules", StringComparison.Ordinal) && !file.Contains($"{Path.DirectorySeparatorChar}artifacts{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Version)> Pins(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var section in new[] { "dependencies", "devDependencies", "optionalDependencies" })
        {
            if (document.RootElement.TryGetProperty(section, out var pins))
            {
                foreach (var pin in pins.EnumerateObject())
                {
                    yield return (pin.Name, pin.Value.GetString()!);
                }
            }
        }
    }
}
