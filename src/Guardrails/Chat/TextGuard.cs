using System.Text;

namespace GenAI.Guardrails.Chat;

/// <summary>
/// All rails at work on one text that may arrive in pieces: what may leave by now, and with which edits.
/// Edits depend on the text alone, so any cut of it renders to the same characters.
/// </summary>
internal sealed class TextGuard(IReadOnlyList<RailCheck> checks, PlaceholderVault vault)
{
    private readonly List<TextEdit> _edits = [];
    private List<RailFinding> _pending = [];

    /// <summary>UTF-16 units pushed.</summary>
    public int Length { get; private set; }

    /// <summary>Offset up to which the text may leave, edits applied.</summary>
    public int Settled { get; private set; }

    /// <summary>The first reason to stop the text, once there is one.</summary>
    public RailFinding? Block { get; private set; }

    public bool HasEdits => _edits.Count > 0;

    public void Push(string piece)
    {
        Length += piece.Length;
        foreach (var check in checks)
        {
            check.Push(piece);
        }

        Settle();
    }

    public void Complete()
    {
        foreach (var check in checks)
        {
            check.Complete();
        }

        Settle();
    }

    public IEnumerable<RailVerdict> Verdicts() => checks.SelectMany(check => check.Verdicts());

    /// <summary>The settled piece that begins at the offset, with its edits; an edit is written where it begins.</summary>
    public string Render(string piece, int offset)
    {
        var end = offset + piece.Length;
        StringBuilder? result = null;
        var copied = offset;
        foreach (var edit in _edits)
        {
            if (edit.End <= offset || edit.Start >= end)
            {
                continue;
            }

            result ??= new StringBuilder();
            if (edit.Start >= offset)
            {
                result.Append(piece, copied - offset, edit.Start - copied).Append(edit.Replacement);
            }

            copied = Math.Min(edit.End, end);
        }

        return result is null ? piece : result.Append(piece, copied - offset, end - copied).ToString();
    }

    /// <summary>Where an offset of the original stands in the text that left; inside an edit, the edit's start or end.</summary>
    public int Map(int offset, bool isEnd)
    {
        var shift = 0;
        foreach (var edit in _edits)
        {
            if (edit.Start >= offset)
            {
                break;
            }

            if (edit.End > offset)
            {
                return edit.Start + shift + (isEnd ? edit.Replacement.Length : 0);
            }

            shift += edit.Replacement.Length - (edit.End - edit.Start);
        }

        return offset + shift;
    }

    private void Settle()
    {
        var isSorted = true;
        foreach (var finding in checks.SelectMany(check => check.TakeEnforced()))
        {
            if (finding.Action == RailAction.Block)
            {
                Block = Block is null || finding.Span.Start < Block.Span.Start ? finding : Block;
            }
            else
            {
                isSorted &= _pending.Count == 0 || _pending[^1].Span.Start <= finding.Span.Start;
                _pending.Add(finding);
            }
        }

        if (!isSorted)
        {
            _pending = [.. _pending.OrderBy(finding => finding.Span.Start)];
        }

        var bound = Length;
        foreach (var check in checks)
        {
            // A monitoring rail changes nothing, so nothing waits for it.
            bound = check.Mode == RailMode.Enforce ? Math.Min(bound, check.Settled) : bound;
        }

        Settled = TakeEdits(Block is null ? bound : Math.Min(bound, Block.Span.Start));
    }

    /// <summary>Turns findings before the bound into edits, overlapping ones into one; returns how far the text is settled.</summary>
    private int TakeEdits(int bound)
    {
        var taken = 0;
        while (taken < _pending.Count && _pending[taken].Span.Start < bound)
        {
            var start = _pending[taken].Span.Start;
            var end = _pending[taken].Span.End;
            var next = taken + 1;
            for (; next < _pending.Count && _pending[next].Span.Start < end; next++)
            {
                end = Math.Max(end, _pending[next].Span.End);
            }

            if (end > bound)
            {
                bound = start;
                break;
            }

            var named = _pending.FindIndex(taken, next - taken, finding => finding.Label is not null);
            _edits.Add(new TextEdit(start, end, named < 0 ? string.Empty : vault.Placeholder(_pending[named].Label!, _pending[named].Value ?? string.Empty)));
            taken = next;
        }

        _pending.RemoveRange(0, taken);
        return bound;
    }
}
