using GenAI.Eval.Datasets;
using GenAI.Eval.Suites.Answers;

namespace GenAI.Eval.Tests;

public sealed class DatasetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("genai-eval-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Retrieval_PlainLayout_IsReadWithSubfolders()
    {
        Write("one/docs.tsv", "d1\tTitle\tText of one\nd2\t\tText of two\n");
        Write("one/queries.tsv", "q1\tfirst\nq2\tnever judged\n");
        Write("one/qrels.txt", "q1 0 d1 1\nq1 0 d2 0\n");

        var set = RetrievalSetReader.Read(_folder).ShouldHaveSingleItem();

        set.Name.ShouldBe("one");
        set.Documents.Count.ShouldBe(2);
        set.Queries.ShouldHaveSingleItem().Id.ShouldBe("q1");
        set.Gains["q1"].ShouldHaveSingleItem().ShouldBe(new KeyValuePair<string, double>("d1", 1));
        using var reader = new StreamReader(set.Documents[0].Open());
        reader.ReadToEnd().ShouldBe("Title\nText of one");
    }

    [Fact]
    public void Retrieval_Grades_AreGainsAsTheyStand()
    {
        Write("cranfield/docs.tsv", "d1\t\tx\nd2\t\ty\n");
        Write("cranfield/queries.tsv", "1\tq\n");
        Write("cranfield/qrels.txt", "1 0 d1 4\n1 0 d2 1\n");

        var gains = RetrievalSetReader.Read(_folder)[0].Gains["1"];

        gains["d1"].ShouldBe(4);
        gains["d2"].ShouldBe(1);
    }

    [Fact]
    public void Retrieval_BeirLayout_IsRead()
    {
        Write("corpus.jsonl", """{"_id":"d1","title":"T","text":"body"}""" + "\n");
        Write("queries.jsonl", """{"_id":"q1","text":"what"}""" + "\n");
        Write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t2\n");

        RetrievalSetReader.Read(_folder)[0].Gains["q1"]["d1"].ShouldBe(2);
    }

    [Fact]
    public void Retrieval_NothingThere_SaysWhatIsLookedFor() =>
        Should.Throw<EvalException>(() => RetrievalSetReader.Read(_folder)).Message.ShouldContain("docs.tsv");

    [Fact]
    public void Answers_Squad_TellsUnanswerableOnes()
    {
        Write("set.json", """
            {"data":[{"title":"t","paragraphs":[{"context":"Water boils at 100 degrees.","qas":[
              {"id":"1","question":"When does water boil?","answers":[{"text":"100 degrees","answer_start":15}]},
              {"id":"2","question":"When does iron boil?","answers":[],"is_impossible":true}]}]}]}
            """);

        var set = AnswerSetReader.Read(_folder).ShouldHaveSingleItem();

        set.Questions.Select(question => question.DocumentId).ShouldBe(["p0", null]);
        AnswerSuite.Answerable(set).ShouldHaveSingleItem().Id.ShouldBe("1");
    }

    [Fact]
    public void Answers_OtherJsonBeside_IsPassedOver()
    {
        Write("broken.json", "{ not json");
        Write("other.json", """{"data":[1,2]}""");
        Write("set.json", """{"data":[{"paragraphs":[{"context":"c","qas":[{"id":"1","question":"q","answers":[{"text":"c"}]}]}]}]}""");

        AnswerSetReader.Read(_folder).ShouldHaveSingleItem().Name.ShouldBe("set");
    }

    [Fact]
    public void Draw_SameSeed_DrawsTheSameInOrder()
    {
        int[] items = [.. Enumerable.Range(0, 100)];

        var drawn = items.Draw(10, seed: 4);

        drawn.ShouldBe(items.Draw(10, seed: 4));
        drawn.ShouldBe(drawn.Order());
        drawn.ShouldNotBe(items.Draw(10, seed: 5));
    }

    private void Write(string path, string text)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, path));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
