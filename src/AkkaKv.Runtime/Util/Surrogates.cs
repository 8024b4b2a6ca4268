using Akka.Actor;

namespace Akka.Util;

/// <summary>The form in which an <see cref="ISurrogated"/> object is serialized.</summary>
public interface ISurrogate
{
    /// <summary>Makes the object again in <paramref name="system"/>.</summary>
    ISurrogated FromSurrogate(ActorSystem system);
}

/// <summary>An object that belongs to an actor system and is serialized as something else.</summary>
public interface ISurrogated
{
    /// <summary>The form to serialize.</summary>
    ISurrogate ToSurrogate(ActorSystem system);
}
