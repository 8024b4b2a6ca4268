namespace AkkaKv.Scripting.Compatibility;

/// <summary>The names that are visible in a function, to say in messages what kind of variable one is.</summary>
internal sealed class Scope(Scope? outer, bool isVariadic)
{
    private readonly List<string> _locals = [];
    private readonly List<string> _pending = [];

    public Scope? Outer { get; } = outer;

    public bool IsVariadic { get; } = isVariadic;

    /// <summary>How many loops are open around the statement.</summary>
    public int Loops { get; set; }

    /// <summary>Where the body begins, if the function has the table <c>arg</c> of Lua 5.1's variadic functions; else -1.</summary>
    public int ArgumentTableAt { get; set; } = -1;

    /// <summary>Whether <c>arg</c> is used.</summary>
    public bool UsesArgumentTable { get; private set; }

    /// <summary>Whether <c>...</c> is used; there is no <c>arg</c> then.</summary>
    public bool UsesDots { get; set; }

    /// <summary>The number of visible locals, for <see cref="Restore"/>.</summary>
    public int Mark => _locals.Count;

    /// <summary>A local that is visible from <see cref="Activate"/> on.</summary>
    public void Declare(string name) => _pending.Add(name);

    public void Activate()
    {
        _locals.AddRange(_pending);
        _pending.Clear();
    }

    /// <summary>Forgets the locals of a block that ends.</summary>
    public void Restore(int mark) => _locals.RemoveRange(mark, _locals.Count - mark);

    /// <summary>What messages call the variable: <c>local 'x'</c>, <c>upvalue 'x'</c>, <c>global 'x'</c>.</summary>
    public string Describe(string name)
    {
        for (Scope? scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope._locals.Contains(name))
            {
                if (name == "arg" && scope.ArgumentTableAt >= 0)
                {
                    scope.UsesArgumentTable = true;
                }

                return (scope == this ? "local '" : "upvalue '") + name + "'";
            }
        }

        return "global '" + name + "'";
    }
}
