using GenAI.Generation.Llama.Native;

namespace GenAI.Generation.Llama.Scheduling;

/// <summary>
/// The cache's sequences. A request gets the one that holds the longest prefix of its prompt, or a free one that
/// shares that prefix with it; sharing copies nothing, since a cell of the cache may belong to many sequences. Idle
/// sequences make room for a request of another conversation and come back when theirs goes on.
/// Used by the owner thread alone.
/// </summary>
internal sealed class SlotTable : IDisposable
{
    /// <summary>Attention looks at cells by blocks of this many, so fewer idle ones are not worth moving.</summary>
    private const int LeastIdleTokens = 256;

    /// <summary>Fewer tokens that a request cuts off another conversation are not worth a copy of it.</summary>
    private const int LeastCutTokens = 64;

    private readonly NativeContext _context;
    private readonly Slot[] _slots;
    private readonly int _slidingWindow;
    private readonly bool _isRecurrent;
    private readonly PrefixStore _store;
    private long _clock;

    public SlotTable(NativeContext context, int count, int slidingWindow, bool isRecurrent, PrefixStore store)
    {
        _context = context;
        _store = store;
        _slidingWindow = slidingWindow;
        _isRecurrent = isRecurrent;
        _slots = [.. Enumerable.Range(0, count).Select(id => new Slot(id))];
    }

    /// <summary>Longest prefix of the prompt that any of the tenant's sequences in the cache holds.</summary>
    public int LongestPrefix(ReadOnlySpan<int> prompt, string tenant) => FindBest(prompt, tenant).Length;

    /// <summary>Takes a sequence that holds as much of the prompt as there is; call only when fewer are in use than there are.</summary>
    /// <param name="maxReuse">Tokens that may be reused; those after must be computed for their outputs.</param>
    /// <param name="room">Tokens that the cache has room for beside those of running requests.</param>
    /// <returns>The slot, whose tokens are what was reused, and the running one that they are shared with.</returns>
    public (Slot Slot, Slot? SharedWith) Acquire(ReadOnlySpan<int> prompt, string tenant, int maxReuse, int room)
    {
        if (Return(prompt, tenant, maxReuse, room) is { } returned)
        {
            return (Take(returned, tenant), null);
        }

        var (best, length) = FindBest(prompt, tenant);
        length = Math.Min(length, maxReuse);
        if (best is not null && !best.InUse && length * 2 >= best.Tokens.Count)
        {
            if (!_isRecurrent && best.Tokens.Count - length >= LeastCutTokens)
            {
                _store.TrySave(best);
            }

            Truncate(best, length);
            MoveIdleOut(best);
            return (Take(best, tenant), null);
        }

        var slot = _slots.Where(candidate => !candidate.InUse && candidate != best).MinBy(candidate => candidate.LastUsed);
        if (slot is null)
        {
            Truncate(best!, length);
            return (Take(best!, tenant), null);
        }

        Empty(slot);
        if (best is not null && length > 0 && CanShare(best, length))
        {
            _context.Share(best.Id, slot.Id, length);
            slot.Tokens.AddRange(best.Tokens.Take(length));
        }

        MoveIdleOut(slot);
        return (Take(slot, tenant), slot.Tokens.Count > 0 && best!.InUse ? best : null);
    }

    /// <summary>Ends a request's use; the tokens stay for reuse.</summary>
    public void Release(Slot slot)
    {
        slot.InUse = false;
        slot.LastUsed = ++_clock;
    }

    /// <summary>Forgets what the cache holds past the tokens that the slot lists, after a decode that was aborted.</summary>
    public void Reconcile(Slot slot)
    {
        if (!_context.Forget(slot.Id, slot.Tokens.Count))
        {
            Clear(slot);
        }
    }

    public void Clear(Slot slot)
    {
        _context.Forget(slot.Id, 0);
        slot.Tokens.Clear();
    }

    public void ClearAll()
    {
        _context.ForgetAll();
        foreach (var slot in _slots)
        {
            slot.Tokens.Clear();
        }
    }

    /// <summary>Empties the sequence that was idle longest.</summary>
    /// <returns>False when none is left.</returns>
    public bool EvictOne()
    {
        var oldest = _slots.Where(slot => !slot.InUse && slot.Tokens.Count > 0).MinBy(slot => slot.LastUsed);
        if (oldest is null)
        {
            return false;
        }

        Empty(oldest);
        oldest.LastUsed = 0;
        return true;
    }

    public void Dispose() => _store.Dispose();

    /// <summary>Brings back the conversation that the prompt goes on with, when it is not in the cache any more.</summary>
    private Slot? Return(ReadOnlySpan<int> prompt, string tenant, int maxReuse, int room)
    {
        var held = Math.Min(FindBest(prompt, tenant).Length, maxReuse);
        var free = _slots.Where(candidate => !candidate.InUse).MinBy(candidate => candidate.LastUsed);
        if (free is null || _store.Take(prompt, tenant, maxReuse, held, room, wholeOnly: _slidingWindow > 0) is not { } found)
        {
            return null;
        }

        Empty(free);
        MoveIdleOut(free);
        if (!_store.TryRestore(found.Saved, free))
        {
            return null;
        }

        Truncate(free, found.Length);
        return free.Tokens.Count > held ? free : null;
    }

    /// <summary>Copies idle sequences out, so that steps do not look at them.</summary>
    private void MoveIdleOut(Slot wanted)
    {
        var idle = _slots.Where(slot => !slot.InUse && slot != wanted && slot.Tokens.Count > 0).OrderBy(slot => slot.LastUsed).ToList();
        if (!_isRecurrent && idle.Sum(slot => slot.Tokens.Count) >= LeastIdleTokens)
        {
            foreach (var slot in idle.Where(_store.TrySave))
            {
                Clear(slot);
            }
        }
    }

    private void Empty(Slot slot)
    {
        if (!_isRecurrent && slot.Tokens.Count >= LeastIdleTokens)
        {
            _store.TrySave(slot);
        }

        Clear(slot);
    }

    private Slot Take(Slot slot, string tenant)
    {
        slot.InUse = true;
        slot.Tenant = tenant;
        slot.LastUsed = ++_clock;
        return slot;
    }

    private (Slot? Slot, int Length) FindBest(ReadOnlySpan<int> prompt, string tenant)
    {
        Slot? best = null;
        var longest = 0;
        foreach (var slot in _slots)
        {
            if (!string.Equals(slot.Tenant, tenant, StringComparison.Ordinal))
            {
                continue;
            }

            // Of equal prefixes an idle one is better: it can be taken over without sharing.
            var length = slot.CommonPrefix(prompt);
            if (length > longest || (length == longest && length > 0 && best!.InUse && !slot.InUse))
            {
                (best, longest) = (slot, length);
            }
        }

        return (best, longest);
    }

    private void Truncate(Slot slot, int length)
    {
        if (length == 0 || !HoldsFrom(slot, length) || !_context.Forget(slot.Id, length))
        {
            Clear(slot);
            return;
        }

        slot.Tokens.RemoveRange(length, slot.Tokens.Count - length);
    }

    /// <summary>A recurrent state is that of the whole sequence, so a part of it cannot be had.</summary>
    private bool CanShare(Slot slot, int length) => HoldsFrom(slot, length) && (!_isRecurrent || length == slot.Tokens.Count);

    /// <summary>Whether all that the token at this position attends to is still held; sliding-window models drop the oldest.</summary>
    private bool HoldsFrom(Slot slot, int position) =>
        _slidingWindow <= 0 || _context.FirstPosition(slot.Id) <= Math.Max(0, position - _slidingWindow);
}
