using GenAI.Generation.Llama.Native;
using GenAI.Generation.Llama.Scheduling;

namespace GenAI.Generation.Tests.Llama.Scheduling;

[Collection(LlamaCollection.Name)]
public sealed class SlotTableTests : IDisposable
{
    private const string Tenant = "a";
    private const int Enough = 300;
    private const int Room = 2048;

    private readonly NativeContext _context;
    private readonly int[] _words;

    public SlotTableTests(StarterModels models)
    {
        _context = NativeContext.TryCreate(
            models.Chat.Native,
            new NativeContextSettings { ContextTokens = 2048, BatchTokens = 512, MicroBatchTokens = 512, MaxSequences = 4, MaxOutputs = 4, Threads = 1 })!;
        _words = models.Chat.Tokenizer.Tokenize(string.Join(' ', Enumerable.Range(0, 400).Select(number => $"word {number}")));
    }

    public void Dispose() => _context.Dispose();

    [Fact]
    public void Acquire_OtherConversation_MovesTheIdleOneOutAndBackAgain()
    {
        using var table = Table();
        var first = Run(table, Prompt(0), out _);
        var logits = Logits(first.Id, Enough);
        _context.Forget(first.Id, Enough);

        Run(table, Prompt(1), out var ofOthers);
        ofOthers.ShouldBe(0);
        _context.LastPosition(first.Id).ShouldBe(-1);

        int[] goesOn = [.. Prompt(0), .. _words[..20]];
        var (slot, sharedWith) = table.Acquire(goesOn, Tenant, goesOn.Length - 1, Room);

        sharedWith.ShouldBeNull();
        slot.Tokens.ShouldBe(Prompt(0));
        _context.LastPosition(slot.Id).ShouldBe(Enough - 1);

        // What came back computes as what was there.
        Logits(slot.Id, Enough).Zip(logits).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(1e-3f);
    }

    [Fact]
    public void Acquire_ForeignTenant_GetsNothingThatWasMovedOut()
    {
        using var table = Table();
        Run(table, Prompt(0), out _);
        Run(table, Prompt(1), out _);

        table.Acquire(Prompt(0), "b", Enough - 1, Room).Slot.Tokens.ShouldBeEmpty();
    }

    [Fact]
    public void Acquire_PartOfWhatWasMovedOut_BringsThatPart()
    {
        using var table = Table();
        Run(table, Prompt(0), out _);
        Run(table, Prompt(1), out _);
        int[] branch = [.. Prompt(0)[..200], .. _words[..50]];

        var (slot, _) = table.Acquire(branch, Tenant, branch.Length - 1, Room);

        slot.Tokens.ShouldBe(Prompt(0)[..200]);
        _context.LastPosition(slot.Id).ShouldBe(199);

        // The whole of it is still there for the conversation it belongs to.
        table.Release(slot);
        table.Acquire(Prompt(0), Tenant, Enough - 1, Room).Slot.Tokens.Count.ShouldBe(Enough - 1);
    }

    [Fact]
    public void Acquire_NoMemoryForIt_LeavesItInTheCache()
    {
        using var table = Table(tokens: Enough - 1);
        var first = Run(table, Prompt(0), out _);
        Run(table, Prompt(1), out _);

        _context.LastPosition(first.Id).ShouldBe(Enough - 1);
        table.Acquire(Prompt(0), Tenant, Enough - 1, Room).Slot.Tokens.Count.ShouldBe(Enough - 1);
    }

    [Fact]
    public void Acquire_MemoryForOne_KeepsTheOneUsedLast()
    {
        using var table = Table(tokens: Enough * 3 / 2);
        Run(table, Prompt(0), out _);
        Run(table, Prompt(1), out _);
        Run(table, Prompt(2), out _);

        // There is room for one, so each of the last two changes places with the other, and the first is gone.
        table.Release(table.Acquire(Prompt(1), Tenant, Enough - 1, Room).Slot);
        var (second, _) = table.Acquire(Prompt(2), Tenant, Enough - 1, Room);
        second.Tokens.Count.ShouldBe(Enough - 1);
        table.Release(second);
        table.Acquire(Prompt(0), Tenant, Enough - 1, Room).Slot.Tokens.ShouldBeEmpty();
    }

    [Fact]
    public void EvictOne_FullCache_KeepsTheSequenceOutside()
    {
        using var table = Table();
        var first = Run(table, Prompt(0), out _);

        table.EvictOne().ShouldBeTrue();

        _context.LastPosition(first.Id).ShouldBe(-1);
        table.Acquire(Prompt(0), Tenant, Enough - 1, Room).Slot.Tokens.Count.ShouldBe(Enough - 1);
        table.EvictOne().ShouldBeFalse();
    }

    [Fact]
    public void Acquire_NoRoomBesideThoseThatRun_BringsNothingBack()
    {
        using var table = Table();
        Run(table, Prompt(0), out _);
        Run(table, Prompt(1), out _);

        table.Acquire(Prompt(0), Tenant, Enough - 1, Enough - 1).Slot.Tokens.ShouldBeEmpty();
    }

    [Fact]
    public void Acquire_ConversationsUnderOneLongPrompt_KeepWhatIsTheirOwn()
    {
        using var table = Table();
        int[] one = [.. Prompt(0), .. _words[900..1000]];
        int[] other = [.. Prompt(0), .. _words[700..720]];
        Run(table, one, out _);
        Run(table, other, out var ofOther);
        ofOther.ShouldBeInRange(Enough, Enough + 10);

        table.Acquire(one, Tenant, one.Length - 1, Room).Slot.Tokens.Count.ShouldBe(one.Length - 1);
    }

    [Fact]
    public void Acquire_PrefixOfARunningOne_IsSharedWithIt()
    {
        using var table = Table();
        var first = Run(table, Prompt(0), out _);
        table.Acquire([.. Prompt(0), .. _words[..20]], Tenant, Enough, Room).Slot.ShouldBe(first);

        var (second, sharedWith) = table.Acquire([.. Prompt(0), .. _words[50..70]], Tenant, Enough + 19, Room);

        second.ShouldNotBe(first);
        sharedWith.ShouldBe(first);
        second.Tokens.Count.ShouldBe(Enough);
    }

    [Fact]
    public void Acquire_SlidingWindow_TakesBackWholeSequencesOnly()
    {
        using var table = Table(slidingWindow: 64);
        Run(table, Prompt(0), out _);
        Run(table, Prompt(1), out _);

        var (part, _) = table.Acquire([.. Prompt(0)[..200], .. _words[..50]], Tenant, 249, Room);
        part.Tokens.ShouldBeEmpty();
        table.Release(part);
        table.Acquire([.. Prompt(0), .. _words[..50]], Tenant, Enough + 49, Room).Slot.Tokens.ShouldBe(Prompt(0));
    }

    [Fact]
    public void Acquire_RecurrentState_StaysInTheCacheAndIsSharedWholeOnly()
    {
        using var table = Table(isRecurrent: true);
        var first = Run(table, Prompt(0), out _);
        Run(table, Prompt(1), out _);
        _context.LastPosition(first.Id).ShouldBe(Enough - 1);

        var (running, _) = table.Acquire([.. Prompt(0), .. _words[..20]], Tenant, Enough + 19, Room);
        running.ShouldBe(first);
        table.Acquire([.. Prompt(0)[..200], .. _words[..50]], Tenant, 249, Room).Slot.Tokens.ShouldBeEmpty();
        table.Acquire([.. Prompt(0), .. _words[50..70]], Tenant, Enough + 19, Room).Slot.Tokens.Count.ShouldBe(Enough);
    }

    private SlotTable Table(int tokens = 2048, int slidingWindow = 0, bool isRecurrent = false) =>
        new(_context, 4, slidingWindow, isRecurrent, new PrefixStore(_context, tokens));

    /// <summary>Prompts that differ from the first token on.</summary>
    private int[] Prompt(int number) => [_words[number * 3], .. _words[(number * 100)..((number * 100) + Enough - 1)]];

    private Slot Run(SlotTable table, int[] prompt, out int reused)
    {
        var (slot, _) = table.Acquire(prompt, Tenant, prompt.Length - 1, Room);
        reused = slot.Tokens.Count;
        Compute(slot.Id, reused, prompt[reused..]);
        slot.Tokens.AddRange(prompt[reused..]);
        table.Release(slot);
        return slot;
    }

    private float[] Logits(int sequence, int position)
    {
        Compute(sequence, position, [_words[0]]);
        return _context.Logits(0).ToArray();
    }

    private void Compute(int sequence, int from, int[] tokens)
    {
        _context.ClearBatch();
        for (var i = 0; i < tokens.Length; i++)
        {
            _context.AddToBatch(tokens[i], from + i, sequence, i == tokens.Length - 1);
        }

        _context.Decode().ShouldBe(DecodeStatus.Done);
    }
}
