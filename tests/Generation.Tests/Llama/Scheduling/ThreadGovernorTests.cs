using GenAI.Generation.Llama.Scheduling;

namespace GenAI.Generation.Tests.Llama.Scheduling;

/// <summary>A machine is a function from threads to milliseconds of a step; the governor sees nothing else of it.</summary>
public sealed class ThreadGovernorTests
{
    private readonly Random _random = new(7);
    private readonly ThreadGovernor _governor = new(2);

    [Fact]
    public void Threads_QuietMachine_StayAtMostButForFewTrials()
    {
        var steps = Run(2000, Quiet);

        steps.Count(threads => threads == 1).ShouldBeInRange(1, 60);
        _governor.Threads.ShouldBe(2);
    }

    [Fact]
    public void Threads_SleepersWakeSlowlyAfterAChange_AreNotGivenUp()
    {
        var before = 2;
        var steps = Run(2000, (threads, chance) =>
        {
            var woken = threads > before;
            before = threads;
            return Quiet(threads, chance) + (woken ? 12 : 0);
        });

        steps.Count(threads => threads == 1).ShouldBeLessThan(60);
        _governor.Threads.ShouldBe(2);
    }

    [Fact]
    public void Threads_CoresTakenByOthers_FallToOneSoon()
    {
        Run(200, Quiet);

        var steps = Run(60, Busy);

        steps.Take(12).ShouldContain(1);
        steps[^1].ShouldBe(1);
    }

    [Fact]
    public void Threads_BusyForLong_AreTriedAgainSeldomAndBriefly()
    {
        Run(60, Busy);

        Run(2000, Busy).Count(threads => threads == 2).ShouldBeLessThan(60);
    }

    [Fact]
    public void Threads_CoresFreeAgain_Rise()
    {
        Run(400, Busy);

        Run(1200, Quiet)[^1].ShouldBe(2);
    }

    [Fact]
    public void Threads_ManyCores_FindTheBestStepByStep()
    {
        var governor = new ThreadGovernor(16);
        for (var step = 0; step < 2000; step++)
        {
            // Four are free: more only wait for each other.
            var milliseconds = governor.Threads > 4 ? 100 : 40.0 / governor.Threads;
            governor.Observe(1, TimeSpan.FromMilliseconds(milliseconds));
        }

        governor.Threads.ShouldBe(4);
    }

    [Fact]
    public void Observe_LongPrompt_TellsNothing()
    {
        for (var step = 0; step < 100; step++)
        {
            _governor.Observe(512, TimeSpan.FromSeconds(step));
            _governor.Threads.ShouldBe(2);
        }
    }

    private static double Quiet(int threads, double chance) => threads == 2 ? 10 + chance : 17 + chance;

    /// <summary>Two threads that must both be running wait for the scheduler in most steps.</summary>
    private static double Busy(int threads, double chance) => threads == 2 ? (chance < 0.3 ? 12 : 400 * chance) : 25 + (30 * chance);

    private List<int> Run(int steps, Func<int, double, double> machine)
    {
        var threads = new List<int>();
        for (var step = 0; step < steps; step++)
        {
            threads.Add(_governor.Threads);
            _governor.Observe(1, TimeSpan.FromMilliseconds(machine(_governor.Threads, _random.NextDouble())));
        }

        return threads;
    }
}
