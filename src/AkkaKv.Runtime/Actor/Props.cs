using System.Linq.Expressions;
using System.Reflection;
using Akka.Util;

namespace Akka.Actor;

/// <summary>How to make an actor: type, constructor arguments, dispatcher, mailbox, supervision of its children. Immutable.</summary>
public class Props
{
    private readonly ConstructorInfo? _constructor;
    private readonly IIndirectActorProducer? _producer;

    /// <summary>Creates the recipe for a type; arguments are matched to a public constructor.</summary>
    public Props(Type type, params object[] args)
    {
        Type = type;
        Arguments = args ?? [];
    }

    /// <summary>Copies a recipe.</summary>
    protected Props(Props copy)
    {
        Type = copy.Type;
        Arguments = copy.Arguments;
        Dispatcher = copy.Dispatcher;
        Mailbox = copy.Mailbox;
        SupervisorStrategy = copy.SupervisorStrategy;
        _constructor = copy._constructor;
        _producer = copy._producer;
    }

    private Props(Type type, object[] args, ConstructorInfo? constructor, IIndirectActorProducer? producer, SupervisorStrategy? strategy) : this(type, args)
    {
        _constructor = constructor;
        _producer = producer;
        SupervisorStrategy = strategy;
    }

    /// <summary>The actor's type.</summary>
    public Type Type { get; }

    /// <summary>The constructor's arguments; the same objects for every instance.</summary>
    public object[] Arguments { get; }

    /// <summary>The path of the dispatcher in the configuration.</summary>
    public string Dispatcher { get; private set; } = "";

    /// <summary>The path of the mailbox in the configuration.</summary>
    public string Mailbox { get; private set; } = "";

    /// <summary>How failures of the actor's children are handled; null if the actor says so itself.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; private set; }

    /// <summary>A recipe for a type with a public constructor for these arguments.</summary>
    public static Props Create<TActor>(params object[] args) where TActor : ActorBase => new(typeof(TActor), args);

    /// <summary>A recipe for a type with a public constructor for these arguments.</summary>
    public static Props Create(Type type, params object[] args) =>
        typeof(ActorBase).IsAssignableFrom(type) ? new Props(type, args) : throw new ArgumentException($"{type} is not an actor type.", nameof(type));

    /// <summary>A recipe for a type with a public constructor without parameters.</summary>
    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy) where TActor : ActorBase, new() =>
        new(typeof(TActor), [], null, null, supervisorStrategy);

    /// <summary>
    /// A recipe from an expression <c>() => new MyActor(a, b)</c>. The arguments are evaluated now, once; each instance gets the same.
    /// </summary>
    public static Props Create<TActor>(Expression<Func<TActor>> factory, SupervisorStrategy? supervisorStrategy = null) where TActor : ActorBase
    {
        if (factory.Body is not NewExpression creation)
            throw new ArgumentException("The factory must be of the form () => new MyActor(arguments).", nameof(factory));
        var arguments = creation.Arguments.Select(Evaluate).ToArray();
        return new Props(creation.Type, arguments!, creation.Constructor, null, supervisorStrategy);
    }

    /// <summary>A recipe that leaves the making to a producer.</summary>
    public static Props CreateBy(IIndirectActorProducer producer, params object[] args) => new(producer.ActorType, args, null, producer, null);

    /// <summary>Makes an instance.</summary>
    public virtual ActorBase NewActor()
    {
        if (_producer is not null) return _producer.Produce();
        try
        {
            if (_constructor is not null) return (ActorBase)_constructor.Invoke(Arguments);
            return (ActorBase)Activator.CreateInstance(Type, Arguments)!;
        }
        catch (MissingMethodException e)
        {
            var kinds = string.Join(", ", Arguments.Select(a => a?.GetType().Name ?? "null"));
            throw new TypeLoadException($"Error while creating actor instance of type {Type} with {Arguments.Length} args: ({kinds})", e);
        }
    }

    /// <summary>The same recipe on another dispatcher.</summary>
    public Props WithDispatcher(string dispatcher)
    {
        var copy = Copy();
        copy.Dispatcher = dispatcher;
        return copy;
    }

    /// <summary>The same recipe with another mailbox.</summary>
    public Props WithMailbox(string mailbox)
    {
        var copy = Copy();
        copy.Mailbox = mailbox;
        return copy;
    }

    /// <summary>The same recipe with another supervision of the actor's children.</summary>
    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy)
    {
        var copy = Copy();
        copy.SupervisorStrategy = supervisorStrategy;
        return copy;
    }

    /// <summary>A copy.</summary>
    protected virtual Props Copy() => new(this);

    private static object? Evaluate(Expression argument) => argument switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field, Expression: null } => field.GetValue(null),
        MemberExpression { Member: FieldInfo field, Expression: { } holder } => field.GetValue(Evaluate(holder)),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object))).Compile(preferInterpretation: true)(),
    };
}

/// <summary>Makes an actor's instances in a way of its own, for instance from a container.</summary>
public interface IIndirectActorProducer
{
    /// <summary>The type of the instances.</summary>
    Type ActorType { get; }

    /// <summary>Makes an instance.</summary>
    ActorBase Produce();

    /// <summary>An instance is no longer used.</summary>
    void Release(ActorBase actor);
}
