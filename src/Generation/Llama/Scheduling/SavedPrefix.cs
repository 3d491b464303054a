using System.Runtime.InteropServices;
using GenAI.Generation.Llama.Native;

namespace GenAI.Generation.Llama.Scheduling;

/// <summary>A sequence that left the engine's cache: its tokens, whose they are, and what the cache held of them.</summary>
internal sealed record SavedPrefix(int[] Tokens, string Tenant, SequenceSnapshot Snapshot)
{
    /// <summary>Whether a sequence begins with all of it, so that it says nothing more.</summary>
    public bool IsCoveredBy(Slot slot) =>
        string.Equals(Tenant, slot.Tenant, StringComparison.Ordinal) && CollectionsMarshal.AsSpan(slot.Tokens).StartsWith(Tokens);
}
