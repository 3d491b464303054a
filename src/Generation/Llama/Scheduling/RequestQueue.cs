using System.Diagnostics.CodeAnalysis;

namespace GenAI.Generation.Llama.Scheduling;

/// <summary>
/// Requests that wait for a slot, first come first served and bounded, so that an overload is told at once instead of
/// growing a backlog. Unlike a channel it lets go of a waiting request whose caller went away. Safe for concurrent use.
/// </summary>
internal sealed class RequestQueue(int capacity)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<GenerationRequest> _waiting = new();
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>False when the queue is full or closed.</summary>
    public bool TryEnqueue(GenerationRequest request)
    {
        lock (_lock)
        {
            if (_closed || _waiting.Count >= capacity)
            {
                return false;
            }

            _waiting.AddLast(request);
            return true;
        }
    }

    public bool TryPeek([NotNullWhen(true)] out GenerationRequest? request)
    {
        lock (_lock)
        {
            request = _waiting.First?.Value;
            return request is not null;
        }
    }

    /// <summary>False when another thread took it already.</summary>
    public bool Remove(GenerationRequest request)
    {
        lock (_lock)
        {
            return _waiting.Remove(request);
        }
    }

    /// <summary>Refuses further requests and returns those that waited.</summary>
    public IReadOnlyList<GenerationRequest> Close()
    {
        lock (_lock)
        {
            _closed = true;
            var left = _waiting.ToList();
            _waiting.Clear();
            return left;
        }
    }
}
