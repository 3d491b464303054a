using System.Globalization;

namespace GenAI.Retrieval.Tests.Durability;

/// <summary>What may stand in one slot: the last acknowledged version, or the one that was on its way when the process died.</summary>
internal sealed class SlotHistory
{
    /// <summary>Versions that may be found; null stands for "no document".</summary>
    public HashSet<int?> Possible { get; } = [null];

    public static void Record(Dictionary<(int Writer, int Slot), SlotHistory> slots, string[] line)
    {
        var isTry = line[0] == "try";
        var fields = isTry ? line[1..] : line;
        var key = (int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[2], CultureInfo.InvariantCulture));
        var history = slots.TryGetValue(key, out var known) ? known : slots[key] = new SlotHistory();
        int? version = fields[0] == "del" ? null : int.Parse(fields[3], CultureInfo.InvariantCulture);
        if (!isTry)
        {
            history.Possible.Clear();
        }

        history.Possible.Add(version);
    }

    /// <summary>After a restart only what was found may be there the next time.</summary>
    public void Settle(int? version)
    {
        Possible.Clear();
        Possible.Add(version);
    }
}
