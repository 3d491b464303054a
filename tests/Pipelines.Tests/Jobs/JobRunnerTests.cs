using System.Collections.Concurrent;
using Dapper;
using GenAI.Pipelines.Jobs;
using GenAI.Pipelines.Storage;
using GenAI.Pipelines.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GenAI.Pipelines.Tests.Jobs;

public sealed class JobRunnerTests : IDisposable
{
    private static readonly JobPause? s_atEmbedding = new(1, new JobProgress(JobStage.Embedding, 0.1, 0, 20));

    private readonly TempFolder _folder = new();
    private readonly ManualTimeProvider _time = new();
    private readonly Database _database;
    private readonly JobStore _jobs;

    public JobRunnerTests()
    {
        _database = Database.Open(_folder.Path, _time);
        _jobs = new JobStore(_database, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Start_JobThatFindsTheDiskFull_SaysSo()
    {
        await using var runner = Runner((_, _, _) => throw new IOException("Nothing was written.", new IOException("No space left on device", 28)));
        var id = Enqueue(runner);

        runner.Start();

        (await runner.WaitAsync(id, Token))!.Error!.Message.ShouldContain("disk is full");
    }

    [Fact]
    public async Task Start_ManyJobs_RunsAllWithinItsBound()
    {
        var (running, most) = (0, 0);
        await using var runner = Runner(async (_, _, token) =>
        {
            var now = Interlocked.Increment(ref running);
            lock (_time)
            {
                most = Math.Max(most, now);
            }

            await Task.Yield();
            Interlocked.Decrement(ref running);
        }, workers: 3);
        var ids = Enumerable.Range(0, 50).Select(_ => Enqueue(runner)).ToList();

        runner.Start();

        foreach (var id in ids)
        {
            (await runner.WaitAsync(id, Token))!.State.ShouldBe(JobState.Done);
        }

        most.ShouldBeInRange(1, 3);
    }

    [Fact]
    public async Task Run_JobThatFails_KeepsItsReasonAndTheOthersGoOn()
    {
        await using var runner = Runner((job, progress, _) =>
        {
            progress.Report(new JobProgress(JobStage.Parsing, 0.1, 0, 0));
            return job.Label switch
            {
                "bad" => throw new JobFailedException("invalid_file", "It is broken; save it again."),
                "fault" => throw new InvalidOperationException("secret detail"),
                _ => Task.CompletedTask,
            };
        });
        var (bad, fault, good) = (Enqueue(runner, "bad"), Enqueue(runner, "fault"), Enqueue(runner, "good"));

        runner.Start();

        var failed = (await runner.WaitAsync(bad, Token))!;
        failed.State.ShouldBe(JobState.Failed);
        failed.Stage.ShouldBe(JobStage.Parsing);
        failed.Error.ShouldBe(new JobError("invalid_file", "It is broken; save it again."));
        var faulted = (await runner.WaitAsync(fault, Token))!.Error.ShouldNotBeNull();
        faulted.Code.ShouldBe("server_error");
        faulted.Message.ShouldNotContain("secret");
        (await runner.WaitAsync(good, Token))!.State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task Run_FaultOutsideOfTheJob_LeavesTheWorkerAtWork()
    {
        await using var runner = Runner((_, _, _) => Task.CompletedTask, workers: 1);
        var isFirst = true;
        runner.Finished += _ =>
        {
            if (isFirst)
            {
                isFirst = false;
                throw new IOException("No space left on device");
            }
        };
        var (one, two) = (Enqueue(runner), Enqueue(runner));

        runner.Start();

        (await runner.WaitAsync(one, Token))!.State.ShouldBe(JobState.Done);
        (await runner.WaitAsync(two, Token).WaitAsync(TimeSpan.FromSeconds(30), Token))!.State.ShouldBe(JobState.Done);
    }

    [Theory]
    [InlineData(false, JobState.Done)]
    [InlineData(true, JobState.Failed)]
    public async Task Run_EndThatCannotBeWritten_IsWrittenOnceThereIsRoom(bool fails, JobState expected)
    {
        _database.Write((connection, _) => connection.Execute(
            "CREATE TRIGGER full BEFORE UPDATE ON jobs WHEN NEW.state IN ('done', 'failed') BEGIN SELECT RAISE(ABORT, 'no room'); END"));
        var log = new ErrorSignal();
        await using var runner = new JobRunner(
            _database,
            _jobs,
            [new ScriptedHandler((_, _, _) => fails ? throw new JobFailedException("invalid_file", "It is broken.") : Task.FromResult<JobPause?>(null))],
            new JobRunnerOptions { Workers = 1 },
            log);
        runner.Start();
        var id = Enqueue(runner);
        await log.FirstError.WaitAsync(Token);
        _jobs.Find(id)!.State.ShouldBe(JobState.Running);

        _database.Write((connection, _) => connection.Execute("DROP TRIGGER full"));

        (await runner.WaitAsync(id, Token).WaitAsync(TimeSpan.FromSeconds(30), Token))!.State.ShouldBe(expected);
    }

    [Fact]
    public async Task Retry_FailedJob_RunsAgainFromTheStart()
    {
        var isBroken = true;
        await using var runner = Runner((_, _, _) => isBroken ? throw new JobFailedException("server_error", "not yet") : Task.CompletedTask);
        runner.Start();
        var id = Enqueue(runner);
        await runner.WaitAsync(id, Token);
        isBroken = false;

        runner.Retry(id).ShouldBeTrue();

        var job = (await runner.WaitAsync(id, Token))!;
        job.State.ShouldBe(JobState.Done);
        job.Error.ShouldBeNull();
        job.Attempt.ShouldBe(1);
        runner.Retry(id).ShouldBeFalse();
    }

    [Fact]
    public async Task CancelAsync_RunningJob_IsCancelledOnlyWhenItsWorkHasStopped()
    {
        var started = new TaskCompletionSource();
        var stopped = false;
        await using var runner = Runner(async (_, _, token) =>
        {
            started.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                stopped = true;
            }
        });
        runner.Start();
        var id = Enqueue(runner);
        await started.Task.WaitAsync(Token);

        (await runner.CancelAsync(id, Token)).ShouldBeTrue();

        stopped.ShouldBeTrue();
        _jobs.Find(id)!.State.ShouldBe(JobState.Cancelled);
        (await runner.CancelAsync(id, Token)).ShouldBeFalse();
    }

    [Fact]
    public async Task CancelAsync_QueuedJob_NeverRuns()
    {
        var ran = new ConcurrentBag<string>();
        await using var runner = Runner((job, _, _) =>
        {
            ran.Add(job.Id);
            return Task.CompletedTask;
        });
        var (cancelled, other) = (Enqueue(runner), Enqueue(runner));

        (await runner.CancelAsync(cancelled, Token)).ShouldBeTrue();
        runner.Start();
        await runner.WaitAsync(other, Token);

        ran.ShouldBe([other]);
        _jobs.Find(cancelled)!.State.ShouldBe(JobState.Cancelled);
    }

    [Fact]
    public async Task StopAsync_RunningJob_GoesBackToTheQueueAndIsDoneNextTime()
    {
        var started = new TaskCompletionSource();
        await using (var runner = Runner(async (_, _, token) =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        }))
        {
            runner.Start();
            Enqueue(runner);
            await started.Task.WaitAsync(Token);
        }

        var job = _jobs.List(null, PageRequest.First(1)).Items.Single();
        (job.State, job.Attempt).ShouldBe((JobState.Queued, 0));
        await using var next = Runner((_, _, _) => Task.CompletedTask);
        next.Start();
        (await next.WaitAsync(job.Id, Token))!.State.ShouldBe(JobState.Done);
    }

    [Fact]
    public async Task Start_JobThatTookTheProcessDownThreeTimes_FailsWithAReason()
    {
        var attempts = 0;
        await using var runner = Runner((_, _, _) =>
        {
            attempts++;
            return Task.CompletedTask;
        });
        var id = Enqueue(runner);
        for (var kill = 0; kill < 3; kill++)
        {
            _jobs.Claim(int.MaxValue).ShouldNotBeNull();
            _jobs.Resume(maxAttempts: 3).ShouldBe(kill < 2 ? 1 : 0);
        }

        runner.Start();

        var job = (await runner.WaitAsync(id, Token))!;
        job.State.ShouldBe(JobState.Failed);
        job.Error.ShouldNotBeNull().Message.ShouldContain("3 times");
        attempts.ShouldBe(0);
    }

    [Fact]
    public async Task Find_RunningJob_ShowsStageProgressAndTimeLeft()
    {
        var (reported, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var runner = Runner(async (_, progress, _) =>
        {
            progress.Report(new JobProgress(JobStage.Reading, 0, 0, 0));
            _time.Advance(TimeSpan.FromSeconds(10));
            progress.Report(new JobProgress(JobStage.Embedding, 0.25, 5, 20));
            reported.SetResult();
            await go.Task;
        });
        runner.Start();
        var id = Enqueue(runner);
        await reported.Task.WaitAsync(Token);

        var job = _jobs.Find(id)!;

        (job.Stage, job.Progress, job.ItemsDone, job.ItemsTotal).ShouldBe((JobStage.Embedding, 0.25, 5, 20));
        job.TimeLeft(_time.GetUtcNow())!.Value.TotalSeconds.ShouldBe(30, 0.01);
        go.SetResult();
    }

    [Fact]
    public async Task Run_JobsOfTwoSteps_DoesTheFirstStepOfAllBeforeTheSecondOfAny()
    {
        var ran = new List<string>();
        await using var runner = StepRunner((job, _, _) =>
        {
            ran.Add($"{job.Label}{job.Step}");
            return Task.FromResult(job.Step == 0 ? s_atEmbedding : null);
        }, workers: 1);
        var ids = new[] { "a", "b", "c" }.Select(label => Enqueue(runner, label)).ToList();

        runner.Start();

        foreach (var id in ids)
        {
            var job = (await runner.WaitAsync(id, Token))!;
            (job.State, job.Attempt, job.Step).ShouldBe((JobState.Done, 1, 1));
        }

        ran.ShouldBe(["a0", "b0", "c0", "a1", "b1", "c1"]);
    }

    [Fact]
    public async Task Run_LaterStepsThatTakeLong_LeaveAWorkerForWhatIsNew()
    {
        await using var runner = StepRunner(async (job, _, token) =>
        {
            if (job.Step > 0)
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return job.Label == "new" ? null : s_atEmbedding;
        }, workers: 2);
        runner.Start();
        var (one, two) = (Enqueue(runner, "long"), Enqueue(runner, "long"));

        (await runner.WaitAsync(Enqueue(runner, "new"), Token))!.State.ShouldBe(JobState.Done);

        (await runner.CancelAsync(one, Token)).ShouldBeTrue();
        (await runner.CancelAsync(two, Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task CancelAsync_WhileAStepEnds_IsCancelledAtTheNextOne()
    {
        var started = new TaskCompletionSource();
        await using var runner = StepRunner(async (_, _, token) =>
        {
            started.SetResult();
            var asked = new TaskCompletionSource();
            await using var registration = token.Register(asked.SetResult);
            await asked.Task;
            return s_atEmbedding;
        });
        runner.Start();
        var id = Enqueue(runner);
        await started.Task.WaitAsync(Token);

        (await runner.CancelAsync(id, Token)).ShouldBeTrue();

        var job = _jobs.Find(id)!;
        (job.State, job.Step).ShouldBe((JobState.Cancelled, 1));
    }

    [Fact]
    public async Task Start_KilledInASecondStep_GoesOnWithIt()
    {
        var steps = new List<int>();
        await using var runner = StepRunner((job, _, _) =>
        {
            steps.Add(job.Step);
            return Task.FromResult<JobPause?>(null);
        });
        var id = Enqueue(runner);
        _jobs.Claim(int.MaxValue).ShouldNotBeNull();
        _jobs.Pause(id, s_atEmbedding!);
        _jobs.HasQueuedBefore(1).ShouldBeFalse();
        _jobs.HasQueuedBefore(2).ShouldBeTrue();
        _jobs.Claim(0).ShouldBeNull();
        _jobs.Claim(1).ShouldNotBeNull();
        _jobs.Resume(maxAttempts: 3).ShouldBe(1);
        var waiting = _jobs.Find(id)!;

        runner.Start();
        await runner.WaitAsync(id, Token);

        (waiting.Stage, waiting.Progress, waiting.ItemsTotal).ShouldBe((JobStage.Embedding, 0.1, 20));
        steps.ShouldBe([1]);
    }

    private JobRunner Runner(Func<Job, IProgress<JobProgress>, CancellationToken, Task> run, int workers = 2) => StepRunner(
        async (job, progress, token) =>
        {
            await run(job, progress, token);
            return null;
        },
        workers);

    private JobRunner StepRunner(Func<Job, IProgress<JobProgress>, CancellationToken, Task<JobPause?>> run, int workers = 2) => new(
        _database, _jobs, [new ScriptedHandler(run)], new JobRunnerOptions { Workers = workers }, NullLogger<JobRunner>.Instance);

    private string Enqueue(JobRunner runner, string label = "job") =>
        runner.Enqueue((connection, transaction) => _jobs.Enqueue(connection, transaction, "test", label, "{}"));
}
