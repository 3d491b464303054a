using System.Globalization;
using System.Text;

namespace GenAI.Pipelines.Parsing.Tabular;

/// <summary>Where a JSON reader stands, in the words of a reader: <c>staff[2].name</c>.</summary>
internal sealed class JsonPath
{
    private readonly List<Level> _levels = [];

    public int Depth => _levels.Count;

    public void Name(string property) => _levels[^1] = _levels[^1] with { Property = property };

    public void Enter(bool array)
    {
        Next();
        _levels.Add(new Level(array, -1, string.Empty));
    }

    public void Leave() => _levels.RemoveAt(_levels.Count - 1);

    /// <summary>A value starts: inside an array this is the next element.</summary>
    public void Next()
    {
        if (_levels.Count > 0 && _levels[^1].IsArray)
        {
            _levels[^1] = _levels[^1] with { Index = _levels[^1].Index + 1 };
        }
    }

    public override string ToString()
    {
        var path = new StringBuilder();
        foreach (var level in _levels)
        {
            if (level.IsArray)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{level.Index}]");
            }
            else
            {
                path.Append(path.Length > 0 ? "." : string.Empty).Append(level.Property);
            }
        }

        return path.ToString();
    }

    private readonly record struct Level(bool IsArray, int Index, string Property);
}
